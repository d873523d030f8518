import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.ts';
import type { Operated } from './tokens.ts';
import { CommandError } from './failure.ts';

/** How far a service has come, as it says itself. */
interface Standing {
  outbox: number;
  messages: number;
  deadLetters: number;
  /** The journal's last position, and up to which one the broker has every event. */
  told: number;
  carried: number;
  streams: { stream: string; last: number; taken: number }[];
  /** How long the first message has waited that came before its predecessor. */
  parkedSeconds: number;
}

/** Undefined: a service that does not answer just now. */
type Standings = Map<string, Standing | undefined>;

export interface Telling {
  /** So many events have yet to arrive. */
  onLeft?(left: number): void;
  say?(line: string): void;
}

/** Nothing that is waited for moved for this long: something is stuck, and waiting on would not help. */
const patienceMs = 120_000;

/** What is told leads to more being told elsewhere: to the broker, to the next service, from there again; no further than this. */
const mostSteps = 10;

const sayAside = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Waits until all that has happened so far has arrived everywhere: until nothing is on its way, twice in a row, or, while
 * people go on working, until what was on its way has come as far as it leads. Says which services have messages set
 * aside: what those told has reached nobody.
 */
export async function settle(running: Operated, { onLeft = () => undefined, say = sayAside }: Telling = {}): Promise<void> {
  const look = async (): Promise<Standings> => {
    const now = await standingsOf(running);
    onLeft(leftIn(now));
    return now;
  };
  let now = await look();
  for (let step = 0, quiet = 0; step < mostSteps && quiet < 2; step += 1) {
    quiet = leftIn(now) === 0 ? quiet + 1 : 0;
    now = await arrived(now, look);
  }
  for (const [service, standing] of now) {
    if (standing && standing.deadLetters > 0) say(`${service}: ${standing.deadLetters} messages were set aside and wait for a person; what they told is missing from its figures. npm run dead-letters says which they are.`);
  }
}

/** Waits until everything that there was `then` has been carried and taken. */
async function arrived(then: Standings, look: () => Promise<Standings>): Promise<Standings> {
  const began = performance.now();
  for (let most = -1, movedAt = began; ; ) {
    await pause(leftIn(then) > 0 ? 100 : 20);
    const now = await look();
    const { come, missing } = since(then, now, (performance.now() - began) / 1_000);
    if (missing === 0) return now;
    if (come > most) [most, movedAt] = [come, performance.now()];
    if (performance.now() - movedAt > patienceMs) {
      throw new CommandError(`${leftIn(now)} events have not arrived and nothing has moved for two minutes. The logs of the services say why.`);
    }
  }
}

/** How far that which there was `then` has come, in events, and how many services have not come so far. */
function since(then: Standings, now: Standings, seconds: number): { come: number; missing: number } {
  let [come, missing] = [0, 0];
  for (const [service, before] of then) {
    const after = now.get(service);
    const goals = before && after ? [[after.carried, before.told], ...before.streams.map(({ stream, last }) => [takenOf(after, stream), last])] : [];
    come += goals.reduce((sum, [reached, goal]) => sum + Math.min(reached!, goal!), 0);
    const hasCome = after !== undefined && goals.every(([reached, goal]) => reached! >= goal!) && after.parkedSeconds <= seconds;
    if (!hasCome) missing += 1;
  }
  return { come, missing };
}

const takenOf = ({ streams }: Standing, stream: string): number => streams.find((one) => one.stream === stream)?.taken ?? 0;

/** A service that does not answer has at least one to go. */
const leftIn = (standings: Standings): number => [...standings.values()].reduce((sum, one) => sum + (one ? one.outbox + one.messages : 1), 0);

async function standingsOf({ services, headersOf }: Operated): Promise<Standings> {
  const headers = await headersOf();
  const asked = Object.entries(services).map(async ([service, { url }]) => [service, await ask<Standing>(`${url}/internal/unsettled`, { headers }).catch(() => undefined)] as const);
  return new Map(await Promise.all(asked));
}
