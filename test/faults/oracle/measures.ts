import { setTimeout as pause } from 'node:timers/promises';
import type { Deeds } from '../load/ledger.ts';
import type { FaultSystem } from '../plant/system.ts';
import { type Finding, wrong } from './finding.ts';

/** Which figure of which measure each deed shows in. */
const shown: Record<keyof Deeds, [string, string]> = {
  concerns: ['conversion', 'concerns'],
  s42Enquiries: ['conversion', 's42_enquiries'],
  concluded: ['making_safeguarding_personal', 'concluded'],
  granted: ['dols_decided', 'granted'],
};

const patienceMs = 30_000;

/** After everything that was dated by a clock moved forward. As of a day to come nothing is answered, so for `metrics` that day has to have come. */
const lastDay = '2098-12-31';
const thenMs = Date.parse(`${lastDay}T12:00:00Z`);

/** Asked as a client would: told to come again, it does; and once more where the order about the clock comes later than the question. */
async function ask(system: FaultSystem, url: string): Promise<Response> {
  for (const end = performance.now() + patienceMs; ; await pause(1_000)) {
    system.services.metrics.tell({ clockMs: thenMs - Date.now() });
    const reply = await fetch(url, { headers: await system.headersOf('staff-board-1') });
    if ((reply.status !== 503 && reply.status !== 400) || performance.now() > end) return reply;
    await reply.body?.cancel();
  }
}

/** What the measures come to over all time. */
export async function measured(system: FaultSystem): Promise<Deeds> {
  try {
    return await deedsShown(system);
  } finally {
    system.services.metrics.tell({ clockMs: system.clockMs });
  }
}

async function deedsShown(system: FaultSystem): Promise<Deeds> {
  const figures = new Map<string, Record<string, number>>();
  for (const key of new Set(Object.values(shown).map(([measure]) => measure))) {
    const reply = await ask(system, `${system.url('metrics')}/measures/${key}?from=2000-01-01&to=${lastDay}&as_of=${lastDay}`);
    const body = (await reply.json()) as { periods: { figures: Record<string, number> }[] };
    if (reply.status !== 200) throw new Error(`${key}: ${reply.status}`);
    figures.set(key, body.periods[0]!.figures);
  }
  const entries = Object.entries(shown).map(([deed, [measure, figure]]) => [deed, figures.get(measure)![figure] ?? 0]);
  return Object.fromEntries(entries) as Deeds;
}

/** The measures gained what was done, no less and no more. */
export function gained(before: Deeds, after: Deeds, done: Deeds): Finding[] {
  const keys = Object.keys(done) as (keyof Deeds)[];
  return keys.filter((key) => after[key] - before[key] !== done[key]).map((key) => wrong(`${done[key]} ${key} were done, and the measures gained ${after[key] - before[key]}`));
}
