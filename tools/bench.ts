import { parseArgs } from 'node:util';
import { benches } from '../test/bench/all.ts';
import { clearAway } from '../test/bench/plant/bench-system.ts';
import { BenchRun, chosen } from '../test/bench/run.ts';
import { textOf } from '../test/bench/tell.ts';
import { CommandError, runCommand } from './commands/failure.ts';
import { whenNpmIsGone } from './start/parent.ts';

const usage = 'npm run bench -- [NAME] [--json] [--full] [--seed N] [--rounds N]';
const say = (line: string): void => void process.stderr.write(`${line}\n`);

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, full: { type: 'boolean', default: false }, seed: { type: 'string' }, rounds: { type: 'string' } },
  });
  if (positionals.length > 1) throw new CommandError(`Say one bench, or none for the whole set: ${usage}`);
  const seed = values.seed === undefined ? 1 + Math.floor(Math.random() * 1_000_000) : whole('seed', values.seed);
  const rounds = values.rounds === undefined ? undefined : whole('rounds', values.rounds);
  const these = chosen(benches, { name: positionals[0], isFull: values.full });
  const run = new BenchRun({ seed, isFull: values.full, rounds }, say);
  const stopOn = (status: number) => (): void => void run.stop().then(() => process.exit(status));
  process.once('SIGINT', stopOn(130));
  process.once('SIGTERM', stopOn(143));
  process.once('SIGHUP', stopOn(129));
  whenNpmIsGone(stopOn(143));
  await clearAway();
  const report = await run.run(these);
  await run.stop();
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `\n${textOf(report)}\n`);
  process.exitCode = report.ok ? 0 : 1;
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new CommandError(`--${name} takes a whole number from 1 on, not "${text}".`);
  return value;
}
