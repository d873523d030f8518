import { parseArgs } from 'node:util';
import { CommandError, runCommand } from './commands/failure.ts';
import { rebuilding, type Step } from './commands/rebuilding.ts';
import { settle } from './commands/settle.ts';
import type { Operated } from './commands/tokens.ts';
import { withSystem } from './start/with-system.ts';

interface RebuiltFacts {
  events: number;
  letters: number;
  seconds: number;
  eventsPerSecond: number;
}

interface RebuiltTables {
  looked: number;
  repaired: number;
}

interface RefilledStream {
  looked: number;
  queued: number;
}

interface TakenUp {
  looked: number;
  taken: number;
  parked: number;
  setAside: number;
}

const usage = 'npm run rebuild -- facts | read-tables [SERVICE] | streams [SERVICE] | messages [SERVICE] [--json]';
const publishers = ['people', 'triage', 'section42', 'dols', 'directory'];
let isJson = false;
const say = (text: string): void => void (isJson || process.stdout.write(`${text}\n`));

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
  const [what = '', service] = positionals;
  isJson = values.json;
  refuseNonsense(what, service, positionals.length);
  const chosen = service === undefined ? ownersOf(what) : [service];
  const rebuilt = await withSystem((running) => carryOut(running, what, chosen));
  if (isJson) process.stdout.write(`${JSON.stringify({ rebuilt: what, services: rebuilt })}\n`);
});

function refuseNonsense(what: string, service: string | undefined, given: number): void {
  if (!['facts', 'read-tables', 'streams', 'messages'].includes(what) || given > 2) throw new CommandError(`Say what is to be rebuilt: ${usage}`);
  if (service === undefined) return;
  if (what === 'facts') throw new CommandError(`The facts are those of metrics alone, and follow from what every service told: ${usage}`);
  const owners = ownersOf(what);
  if (!owners.includes(service)) throw new CommandError(`${service} has no ${what}: say one of ${owners.join(', ')}, or none for all of them.`);
}

/** Everybody takes messages; the rest is with those who have a journal. */
function ownersOf(what: string): string[] {
  return what === 'messages' ? [...publishers, 'metrics'] : publishers;
}

async function carryOut(running: Operated, what: string, services: string[]): Promise<Record<string, unknown>> {
  if (what === 'facts') return { metrics: await facts(running) };
  const rebuilt: Record<string, unknown> = {};
  const one = { streams: stream, messages, 'read-tables': readTables }[what]!;
  for (const service of services) rebuilt[service] = await one(running, service);
  return rebuilt;
}

async function facts(running: Operated): Promise<RebuiltFacts> {
  const done = await rebuild<RebuiltFacts>(running, 'metrics', 'facts');
  const letters = done.letters > 0 ? ` ${done.letters} messages that had been set aside are taken with them.` : '';
  say(`metrics: the facts were rebuilt from ${done.events} events in ${done.seconds} s, ${done.eventsPerSecond} a second.${letters}`);
  return done;
}

async function readTables(running: Operated, service: string): Promise<RebuiltTables> {
  const done = await rebuild<RebuiltTables>(running, service, 'read-tables');
  say(`${service}: ${done.looked} records were folded; the rows of ${done.repaired} were not what they should be and are now.`);
  return done;
}

async function messages(running: Operated, service: string): Promise<TakenUp> {
  const done = await rebuild<TakenUp>(running, service, 'messages');
  const { looked, taken, parked, setAside } = done;
  say(`${service}: of ${looked} messages of others, ${taken + parked + setAside} had been missed; ${taken} are taken now${parked > 0 ? `, ${parked} wait for another` : ''}.`);
  if (setAside > 0) {
    process.exitCode = 1;
    say(`${service}: ${setAside} could not be taken and were set aside. Look at them with npm run dead-letters.`);
  }
  return done;
}

/** What was put into the outbox is carried, and then looked for again. */
async function stream(running: Operated, service: string): Promise<RefilledStream & { stillMissing: number }> {
  const done = await rebuild<RefilledStream>(running, service, 'streams');
  if (done.queued > 0) await settle(running);
  const stillMissing = done.queued > 0 ? (await rebuild<RefilledStream>(running, service, 'streams')).queued : 0;
  say(`${service}: the broker had lost ${done.queued} of ${done.looked} contracts${done.queued > 0 ? `; ${done.queued - stillMissing} were published again` : ''}.`);
  if (stillMissing > 0) {
    process.exitCode = 1;
    say(`${service}: the broker takes ${stillMissing} for repeated, since it had them within the last two minutes. Run the command again when those are over.`);
  }
  return { ...done, stillMissing };
}

async function rebuild<Done>(running: Operated, service: string, what: string): Promise<Done> {
  const { url } = running.services[service]!;
  const startedAt = performance.now();
  const show = ({ doing, ...counts }: Step): void => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const told = Object.entries(counts).map(([name, count]) => `${count} ${name} (${Math.round(Number(count) / seconds)}/s)`);
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${service}: ${doing} ${told.join(', ')}`);
  };
  try {
    return await rebuilding<Done>({ url, headers: await running.headersOf() }, what, show);
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
