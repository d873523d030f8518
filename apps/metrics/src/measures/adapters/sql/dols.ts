import { daysBetween } from '#libs/calendar';
import type { Cell, Figures } from '../../domain/cells.js';
import { medianOf } from '../../domain/exact.js';
import { ALL, lastDays, type Question } from '../../domain/question.js';
import { addUp, type CountRow, countInPeriods } from './flow.js';
import type { Measure } from './measure.js';
import { countAtEnds, type StockRow } from './stock.js';

/** DoLS requests that nobody has decided. */
export const dolsWaiting: Measure = {
  key: 'dols_waiting',
  title: 'DoLS requests waiting for a decision',
  definition:
    'Requests received and not decided when the period ended, new ones and renewals, and how long they had waited: whole days from the day received to the last day of the period, ' +
    'the longest and the median (of an even number, the mean of the two in the middle).',
  subject: 'dols_request',
  counts: [['waiting'], ['new', 'renewal']],
  derived: { median_days: ['waiting'], max_days: ['waiting'] },
  nothing: { waiting: 0, median_days: null, max_days: null, new: 0, renewal: 0 },
  statement: (question) =>
    countAtEnds(
      {
        subject: 'dols_request',
        since: 'f.received_at',
        until: 'f.decided_at',
        by: { kind: 'f.kind', day: `f.received_on - date '1970-01-01'` },
      },
      question,
    ),
  cells: waitingCells,
};

interface WaitingRow extends StockRow {
  kind: string;
  /** The day received, counted from 1970. */
  day: number;
}

function waitingCells(rows: readonly Record<string, unknown>[], question: Question): Cell<Figures>[] {
  const sorted = (rows as unknown as WaitingRow[]).toSorted((one, other) => other.day - one.day);
  const days = lastDays(question).map((day) => daysBetween('1970-01-01', day));
  return [...Map.groupBy(sorted, (row) => row.part).entries()].flatMap(([part, rows]) =>
    [[ALL, rows] as const, ...Map.groupBy(rows, (row) => row.authority)].flatMap(([authority, rows]) =>
      days.map((day, period) => ({ authority, period, part, values: waitingAt(rows, period, day) })),
    ),
  );
}

/** `rows` begin with the latest received, so that the waits grow. */
function waitingAt(rows: readonly WaitingRow[], period: number, lastDay: number): Figures {
  const waits: { value: number; times: number }[] = [];
  const counts: Record<string, number> = { new: 0, renewal: 0 };
  for (const { began, ended, day, kind, cases } of rows) {
    if (began > period || ended <= period) continue;
    waits.push({ value: lastDay - day, times: cases });
    counts[kind] = (counts[kind] ?? 0) + cases;
  }
  const { new: first = 0, renewal = 0 } = counts;
  return { waiting: first + renewal, median_days: medianOf(waits), max_days: waits.at(-1)?.value ?? null, new: first, renewal };
}

/** DoLS requests that were decided. */
export const dolsDecided: Measure = {
  key: 'dols_decided',
  title: 'DoLS requests decided',
  definition: 'Requests decided in the period, those granted, and those decided within 21 whole days from the day received.',
  subject: 'dols_request',
  counts: [['decided'], ['granted'], ['within_21_days']],
  derived: {},
  nothing: { decided: 0, granted: 0, within_21_days: 0 },
  statement: (question) =>
    countInPeriods(
      {
        subject: 'dols_request',
        at: 'f.decided_at',
        counts: () => ({
          decided: 'count(*)::int',
          granted: `count(*) filter (where f.outcome = 'granted')::int`,
          within_21_days: 'count(*) filter (where f.decided_on - f.received_on <= 21)::int',
        }),
      },
      question,
    ),
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};
