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
  /** What the fault measured. */
  notes: string[];
}

/** One fault under load, and the oracle's judgement of it. A trial that could not be brought to its end is a finding. */
export async function tryFault(system: FaultSystem, fault: Fault, seed: number): Promise<Outcome> {
  const load = new Load(system, seed);
  const judged = await judge(system, fault, load).catch((error: unknown) => ({ catchUpMs: 0, findings: [wrong(`it broke off: ${(error as Error).message}`)] }));
  const { ledger, wrongs, notes } = load;
  const { acknowledged, retries, longestStopMs } = ledger;
  return { fault: fault.name, seed, acknowledged: acknowledged.length, retries, longestStopMs, catchUpMs: judged.catchUpMs, findings: [...wrongs.map(wrong), ...judged.findings], notes };
}

async function judge(system: FaultSystem, fault: Fault, load: Load): Promise<Pick<Outcome, 'catchUpMs' | 'findings'>> {
  const oracle = await Oracle.look(system);
  load.start();
  await load.untilDone(15);
  await fault.strike({ system, load, random: new Random(load.seed), seed: load.seed });
  const overAt = performance.now();
  await load.untilDone(10, 20_000);
  await load.finish();
  const late = await settle(system);
  const catchUpMs = performance.now() - overAt;
  const { caughtUpWithinMs: most = Infinity } = fault;
  if (catchUpMs > most) load.wrongs.push(`not caught up within ${most / 1_000} s`);
  return { catchUpMs, findings: late === undefined ? await oracle.judge(load.ledger) : [wrong(`it did not settle: ${late}`)] };
}
