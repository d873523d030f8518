import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { StartError } from './servers/supervisor.ts';
import { loadExample } from './start/example.ts';
import { Home } from './start/home.ts';
import { whenNpmIsGone } from './start/parent.ts';
import type { Running } from './start/running.ts';
import { System } from './start/system.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function options(): { empty: boolean; instances: number } {
  const { values } = parseArgs({ options: { empty: { type: 'boolean', default: false }, instances: { type: 'string', default: '1' } } });
  const instances = Number(values.instances);
  if (!Number.isInteger(instances) || instances < 1 || instances > 8) throw new StartError(`--instances takes a number from 1 to 8, not "${values.instances}".`);
  return { empty: values.empty, instances };
}

function checkNode(): void {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    throw new StartError(`Caseward needs Node 24; this is ${process.versions.node}. Start it with "npm start", which brings its own, or install Node 24.`);
  }
}

function sayWhereToLook(home: Home, running: Running, seconds: string): void {
  say(`
Caseward is ready, ${seconds} s after it was started. ${running.identity.isLocal ? 'Whoever signs in is invented and has no password, so it listens on 127.0.0.1 alone.' : `People sign in at ${running.identity.issuer}.`}

  For staff      ${running.sites.staff}
  The board      ${running.sites.staff}/board
  The queues     ${running.sites.staff}/queues
  For partners   ${running.sites.partner}
  What runs      ${home.runningFile}
  Logs           ${home.logFile('*')}

Ctrl-C stops everything; starting again goes on from there.
`);
}

async function main(): Promise<void> {
  checkNode();
  const { empty, instances } = options();
  const home = Home.named();
  const system = new System({ home, say, instances, port: process.env['PORT'] });
  const stopping = new AbortController();
  const stop = async (why: string): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    say(`\n${why}: stopping everything.`);
    await system.stop();
    say('Stopped.');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal === 'SIGINT' ? 'Ctrl-C' : signal));
  whenNpmIsGone(() => void stop('npm has gone'));
  say(`Starting Caseward in ${home.folder} …`);
  try {
    const running = await system.start();
    sayWhereToLook(home, running, process.uptime().toFixed(1));
  } catch (error) {
    // A stop while starting fails the start; the stop itself ends the process.
    if (stopping.signal.aborted) return;
    throw error;
  }
  if (!empty && !existsSync(home.loadedFile)) say('Loading the example; this takes minutes, and everything may be used meanwhile. The measures are there when it says "Imported".');
  if (!empty && (await loadExample(home, system, stopping.signal)) === 'failed' && !stopping.signal.aborted) say('The example could not be loaded whole; see above. The next start tries again.');
  // Children hold this process up, but those that we were given (a database, a broker) do not.
  setInterval(() => undefined, 2 ** 30);
}

// Whoever read our output may be gone; that is no reason to leave children behind.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  process.stderr.write(error instanceof StartError ? `\n${error.message}\n` : `\n${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
