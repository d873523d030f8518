import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from '../start/running.ts';
import { ask } from './ask.ts';
import { CommandError } from './failure.ts';

interface Unsettled {
  outbox: number;
  messages: number;
  deadLetters: number;
}

export interface Telling {
  /** So many events have yet to arrive. */
  onLeft?(left: number): void;
  say?(line: string): void;
}

/** Nothing moved for this long: something is stuck, and waiting on would not help. */
const patienceMs = 120_000;

const sayAside = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Waits until every outbox is empty and every message was taken, twice in a row, since what is taken may tell more.
 * Says which services have messages set aside: what those told has reached nobody.
 */
export async function settle(running: Running, { onLeft, say = sayAside }: Telling = {}): Promise<void> {
  await untilQuiet(running, onLeft);
  for (const { service, deadLetters } of await unsettledIn(running)) {
    if (deadLetters > 0) say(`${service}: ${deadLetters} messages were set aside and wait for a person; what they told is missing from its figures. npm run dead-letters says which they are.`);
  }
}

async function untilQuiet(running: Running, onLeft: (left: number) => void = () => undefined): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let movedAt = performance.now();
  for (let quiet = 0; quiet < 2; ) {
    const left = (await unsettledIn(running)).reduce((sum, { outbox, messages }) => sum + outbox + messages, 0);
    quiet = left === 0 ? quiet + 1 : 0;
    onLeft(left);
    if (left < least) [least, movedAt] = [left, performance.now()];
    if (performance.now() - movedAt > patienceMs && left > 0) {
      throw new CommandError(`${left} events have not arrived and nothing has moved for two minutes. The logs of the services say why.`);
    }
    await pause(left > 0 ? 100 : 20);
  }
}

function unsettledIn(running: Running): Promise<(Unsettled & { service: string })[]> {
  return Promise.all(
    Object.entries(running.services).map(async ([service, { url }]) => ({
      service,
      ...(await ask<Unsettled>(`${url}/internal/unsettled`).catch(() => ({ outbox: 1, messages: 0, deadLetters: 0 }))),
    })),
  );
}
