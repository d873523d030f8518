import { parseArgs } from 'node:util';
import type { Rotated } from '#libs/journal';
import { CommandError, runCommand } from './commands/failure.ts';
import { beginChange, finishChange, olderKeys } from './commands/key-files.ts';
import { beginSecret, dropSecret, isOfSite } from './commands/site-secrets.ts';
import { working } from './commands/rebuilding.ts';
import type { Operated } from './commands/tokens.ts';
import { Home } from './start/home.ts';
import { keyFile } from './start/secrets.ts';

const usage = 'npm run rotate-keys -- [SERVICE] [--json], or for a file of containers: --file FILE --add | --drop';
const keyed = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];
let isJson = false;
const say = (text: string): void => void (isJson || process.stdout.write(`${text}\n`));

type Changed = Omit<Rotated, 'retired'> & { stillNeeded: number };

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, file: { type: 'string' }, add: { type: 'boolean', default: false }, drop: { type: 'boolean', default: false } },
  });
  isJson = values.json;
  const { file, add, drop } = values;
  if (positionals.length > 1 || (file === undefined ? add || drop : add === drop || positionals.length > 0)) throw new CommandError(usage);
  if (file !== undefined) return add ? added(file) : dropped(file);
  const [service] = positionals;
  if (service !== undefined && !keyed.includes(service)) throw new CommandError(`There is no service ${service}: say one of ${keyed.join(', ')}, or none for all of them.`);
  const services: Record<string, Changed> = {};
  // A council's image has nothing with which a system for trying out is started.
  const { withSystem } = await import('./start/with-system.ts');
  await withSystem(async (running) => {
    const letGo = await Home.named().lock('keys');
    for (const one of service === undefined ? keyed : [service]) services[one] = await change(running, one);
    letGo();
  });
  if (!process.exitCode) say('The old keys open nothing any more but copies of the database from before. Copy the keys again.');
  if (isJson) process.stdout.write(`${JSON.stringify({ services })}\n`);
});

/** The new key is in the file before anything is under it, and the old one until nothing is. */
async function change(running: Operated, service: string): Promise<Changed> {
  const file = keyFile(Home.named(), service);
  const { under, isBegun } = beginChange(file);
  if (isBegun) say(`${service}: going on with the change that was begun.`);
  const { url } = running.services[service]!;
  const { retired, ...done } = await working<Rotated>({ url, headers: await running.headersOf() }, { path: '/internal/keys/rotate', body: { under }, what: 'keys' }, () => {});
  const stillNeeded = finishChange(file, retired);
  say(`${service}: ${done.wrapped} are wrapped anew under the key ${under}${done.madeAnew > 0 ? `, and ${done.madeAnew} people are found by new tokens` : ''}.`);
  if (stillNeeded > 0) {
    process.exitCode = 1;
    say(`${service}: ${done.unreadable} cannot be opened by any key, so the old one stays in ${file}. npm run verify says which they are.`);
  }
  return { ...done, stillNeeded };
}

function added(file: string): void {
  if (isOfSite(file)) return say(beginSecret(file).isBegun ? 'A change was begun: the secret before is still there. Start the site again if it has not been since, wherever it runs, all at once.' : 'There is a new secret, and the one before beside it. Start the site again, wherever it runs, all at once, or people are signed out. Let the one before go after twelve hours.');
  const { under, isBegun } = beginChange(file);
  say(isBegun ? `A change was begun: the first key is ${under}. Start the service again if it has not been since.` : `The first key is ${under} now. Start the service again.`);
}

function dropped(file: string): void {
  if (isOfSite(file)) {
    dropSecret(file);
    return say('The secret before is out of the file. Start the site again.');
  }
  const retired = olderKeys(file);
  finishChange(file, retired);
  say(`${retired.length} old keys are out of the file, but for what verifies seals and finds what was imported. Start the service again.`);
}
