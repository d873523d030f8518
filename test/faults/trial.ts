import { Random } from '../oracle/random.ts';
import type { Fault } from './faults/fault.ts';
import { Load } from './load/load.ts';
import { type Finding, wrong } from './oracle/finding.ts';
import { Oracle } from './oracle/oracle.ts';
import { settle } from './oracle/settled.ts';
import type { FaultSystem } from './plant/system.ts';

/** What came of one fault with one seed. */
export interface Outcome {
  fault: string;
  seed: number;
  acknowledged: number;
  retries: number;
  /** The longest time in which no command was acknowledged. */
  longestStopMs: number;
  /** From the end of the fault until every case that was begun was done, and nothing was on its way. */
  catchUpMs: number;
  findings: Finding[];
}

/** One fault under load, and the oracle's judgement of it. */
export async function tryFault(system: FaultSystem, fault: Fault, seed: number): Promise<Outcome> {
  const oracle = await Oracle.look(system);
  const load = new Load(system, seed);
  const outcome = { fault: fault.name, seed };
  load.start();
  await load.untilDone(15);
  await fault.strike({ system, load, random: new Random(seed), seed });
  const overAt = performance.now();
  await load.untilDone(10, 20_000);
  await load.finish();
  const late = await settle(system);
  const catchUpMs = performance.now() - overAt;
  const { ledger, wrongs } = load;
  const findings = [...wrongs.map(wrong), ...(late === undefined ? await oracle.judge(ledger) : [wrong(`it did not settle: ${late}`)])];
  return { ...outcome, acknowledged: ledger.acknowledged.length, retries: ledger.retries, longestStopMs: ledger.longestStopMs, catchUpMs, findings };
}
