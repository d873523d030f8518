import { daysBetween, endOfDay, monthEnd } from '#libs/calendar';
import type { Cell, Figures } from '../../domain/cells.js';
import { medianOf } from '../../domain/exact.js';
import { ALL, lastDays, type Question } from '../../domain/question.js';
import { addUp, type CountRow, countInPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { countAtEnds } from './stock.js';
import { isTallied, Tally, tallyInPeriods } from './tally.js';

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
    inLines(
      isTallied(question) && endsWithMonths(question)
        ? tallied(question)
        : countAtEnds({ subject: 'dols_request', since: 'f.received_at', until: 'f.decided_at', by: { kind: 'f.kind', day: epochDay('f.received_on') } }, question),
    ),
  cells: waitingCells,
};

/** Requests of one council, part and kind that no longer wait at the end of the same period. */
interface WaitingRow {
  authority: string;
  part: string | null;
  kind: string;
  ended: number;
  /** The days on which they were received, counted from 1970, and how many on each. */
  days: string;
  cases: string;
}

/** Requests by the day received and the period: how many more wait at its end than at that of the one before. */
interface Held {
  days: Map<number, Int32Array>;
  kinds: Record<string, Int32Array>;
}

function waitingCells(rows: readonly Record<string, unknown>[], question: Question): Cell<Figures>[] {
  const lasts = lastDays(question).map((day) => daysBetween('1970-01-01', day));
  return [...Map.groupBy(rows as unknown as WaitingRow[], (row) => row.part)].flatMap(([part, rows]) =>
    [[ALL, rows] as const, ...Map.groupBy(rows, (row) => row.authority)].flatMap(([authority, rows]) =>
      figuresAtEnds(heldBy(rows, lasts), lasts).map((values, period) => ({ authority, period, part, values })),
    ),
  );
}

function heldBy(rows: readonly WaitingRow[], lasts: readonly number[]): Held {
  const held: Held = { days: new Map(), kinds: {} };
  const beginnings = new Map<number, number>();
  for (const { kind, ended, days, cases } of rows) {
    const ofKind = (held.kinds[kind] ??= new Int32Array(lasts.length + 1));
    const counts = cases.split(' ');
    days.split(' ').forEach((text, at) => {
      const [day, count] = [Number(text), Number(counts[at])];
      const began = beginnings.get(day) ?? lasts.findIndex((last) => day <= last);
      beginnings.set(day, began);
      if (began < 0 || began >= ended) return;
      let ofDay = held.days.get(day);
      if (!ofDay) held.days.set(day, (ofDay = new Int32Array(lasts.length + 1)));
      for (const changes of [ofDay, ofKind]) {
        changes[began]! += count;
        changes[ended]! -= count;
      }
    });
  }
  return held;
}

/** The days begin with the latest, so that the waits grow. */
function figuresAtEnds({ days, kinds }: Held, lasts: readonly number[]): Figures[] {
  const latestFirst = [...days].toSorted(([one], [other]) => other - one);
  for (const changes of [...days.values(), ...Object.values(kinds)]) for (let at = 1; at < changes.length; at += 1) changes[at]! += changes[at - 1]!;
  return lasts.map((last, period) => {
    const waits: { value: number; times: number }[] = [];
    for (const [day, waiting] of latestFirst) if (waiting[period]! > 0) waits.push({ value: last - day, times: waiting[period]! });
    const [first, renewal] = [kinds['new']?.[period] ?? 0, kinds['renewal']?.[period] ?? 0];
    return { waiting: first + renewal, median_days: medianOf(waits), max_days: waits.at(-1)?.value ?? null, new: first, renewal };
  });
}

const epochDay = (day: string): string => `${day} - date '1970-01-01'`;

/** Many short rows take longer to read than to count. */
const inLines = ({ text, values }: Statement): Statement => ({
  text: `select authority, part, kind, ended, string_agg(day::text, ' ') as days, string_agg(cases::text, ' ') as cases from (${text}) rows group by 1, 2, 3, 4`,
  values,
});

/** Requests are counted by the month in which they were decided; of the month that is cut short, those decided after its last day wait at its end. */
function tallied(question: Question): Statement {
  const tally = new Tally(question);
  const ends = tally.ends();
  const last = lastDays(question).at(-1)!;
  const [from, to] = [endOfDay(last), endOfDay(monthEnd(last))].map((moment) => tally.params.add(moment));
  const waiting = `received_on <= ${tally.params.add(last)}::date${tally.own('authority')}`;
  const final = `width_bucket(date_trunc('month', ${tally.params.add(last)}::timestamp)::date, ${ends.all})`;
  const after = `from dols_fact where known_until is null and decided_at >= ${from}::timestamptz and decided_at < ${to}::timestamptz and ${waiting}`;
  return tally.statement(`
    select authority, null::text as part, part as kind, ${epochDay('day')} as day, width_bucket(month, ${ends.all}) as ended, cases
    from tally where ${tally.of('requests')} and ${ends.before('day')} and cases > 0
    union all select authority collate "C", null, kind collate "C", ${epochDay('received_on')}, ${question.periods.length}, 1 ${after}
    union all select authority collate "C", null, kind collate "C", ${epochDay('received_on')}, ${final}, -1 ${after}`);
}

/** All but the last period end with a month. */
const endsWithMonths = (question: Question): boolean => lastDays(question).every((day, at, all) => at === all.length - 1 || day === monthEnd(day));

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
    isTallied(question) ? tallyInPeriods('decided', { decided: '', granted: 'g', within_21_days: 'w' }, question) : countInPeriods(
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
