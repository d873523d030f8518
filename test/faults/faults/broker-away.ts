import { arrival } from '../load/stories.ts';
import { settle } from '../oracle/settled.ts';
import type { Fault, Hit } from './fault.ts';

const measuringMs = 8_000;
const senders = 16;
const awayMs = 60_000;
const share = 0.25;

/** How many concerns and requests a second are taken when many come at once and nothing is in their way. */
async function fullRate({ load, system }: Hit): Promise<number> {
  const before = load.ledger.acknowledged.length;
  const begunAt = performance.now();
  await load.crowd(senders, { stories: [arrival], thoughtMs: 0 }, () => new Promise((resolve) => setTimeout(resolve, measuringMs)));
  const rate = ((load.ledger.acknowledged.length - before) * 1_000) / (performance.now() - begunAt);
  const late = await settle(system);
  if (late !== undefined) load.wrongs.push(`the full rate did not settle: ${late}`);
  return rate;
}

export const brokerAway: Fault = {
  name: 'broker away for a minute under a quarter of the full rate',
  isQuick: false,
  caughtUpWithinMs: 30_000,
  async strike(hit) {
    const { system, load, random } = hit;
    await load.finish();
    const rate = await fullRate(hit);
    const isHung = random.happens(0.5);
    if (isHung) system.broker.signal('SIGSTOP');
    else await system.broker.end('SIGKILL');
    const before = load.ledger.acknowledged.length;
    await load.pace(rate * share, awayMs, arrival);
    const taken = load.ledger.acknowledged.length - before;
    if (isHung) system.broker.signal('SIGCONT');
    else await system.broker.start();
    load.notes.push(`full rate ${rate.toFixed(1)} a second; ${taken} taken in ${awayMs / 1_000} s while the broker was ${isHung ? 'stopped' : 'killed'}`);
    if (taken < rate * share * (awayMs / 1_000) * 0.9) load.wrongs.push(`no more than ${taken} were taken while the broker was away`);
  },
};
