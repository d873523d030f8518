import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from '../start/running.ts';
import { ask } from './ask.ts';
import { CommandError } from './failure.ts';

interface Unsettled {
  outbox: number;
  messages: number;
}

/** Nothing moved for this long: something is stuck, and waiting on would not help. */
const patienceMs = 120_000;

/** Waits until every outbox is empty and every message was taken, twice in a row, since what is taken may tell more. */
export async function settle(running: Running, onLeft: (left: number) => void = () => undefined): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let movedAt = performance.now();
  for (let quiet = 0; quiet < 2; ) {
    const left = await leftIn(running);
    quiet = left === 0 ? quiet + 1 : 0;
    onLeft(left);
    if (left < least) [least, movedAt] = [left, performance.now()];
    if (performance.now() - movedAt > patienceMs && left > 0) {
      throw new CommandError(`${left} events have not arrived and nothing has moved for two minutes. The logs of the services say why.`);
    }
    await pause(left > 0 ? 100 : 20);
  }
}

async function leftIn(running: Running): Promise<number> {
  const all = await Promise.all(
    Object.values(running.services).map(({ url }) => ask<Unsettled>(`${url}/internal/unsettled`).catch(() => ({ outbox: 1, messages: 0 }))),
  );
  return all.reduce((sum, { outbox, messages }) => sum + outbox + messages, 0);
}
