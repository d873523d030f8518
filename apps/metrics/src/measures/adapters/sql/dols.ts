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
  statement: (question) => (isTallied(question) && endsWithMonths(question) ? tallied(question) : asked(question)),
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

/** How many wait at the end of each period, by the day on which they were received and by their kind. */
interface Held {
  days: Map<number, Int32Array>;
  kinds: Map<string, Int32Array>;
}

function waitingCells(rows: readonly Record<string, unknown>[], question: Question): Cell<Figures>[] {
  const lasts = lastDays(question).map((day) => daysBetween('1970-01-01', day));
  return [...Map.groupBy(rows as unknown as WaitingRow[], (row) => row.part)].flatMap(([part, rows]) => {
    const held = [...Map.groupBy(rows, (row) => row.authority)].map(([authority, rows]) => [authority, heldBy(rows, lasts)] as const);
    const all = [ALL, together(held.map(([, one]) => one))] as const;
    return [all, ...held].flatMap(([authority, one]) => figuresAtEnds(one, lasts).map((values, period) => ({ authority, period, part, values })));
  });
}

function heldBy(rows: readonly WaitingRow[], lasts: readonly number[]): Held {
  const held: Held = { days: new Map(), kinds: new Map() };
  const beginnings = new Map<number, number>();
  for (const { kind, ended, days, cases } of rows) {
    const ofKind = countsOf(held.kinds, kind, lasts.length + 1);
    const counts = cases.split(' ');
    days.split(' ').forEach((text, at) => {
      const [day, count] = [Number(text), Number(counts[at])];
      const began = beginnings.get(day) ?? lasts.findIndex((last) => day <= last);
      beginnings.set(day, began);
      if (began < 0 || began >= ended) return;
      for (const changes of [countsOf(held.days, day, lasts.length + 1), ofKind]) {
        changes[began]! += count;
        changes[ended]! -= count;
      }
    });
  }
  // Until here each says how many more wait than at the end before.
  for (const changes of [...held.days.values(), ...held.kinds.values()]) for (let at = 1; at < changes.length; at += 1) changes[at]! += changes[at - 1]!;
  return held;
}

function together(some: readonly Held[]): Held {
  const all: Held = { days: new Map(), kinds: new Map() };
  for (const { days, kinds } of some) {
    for (const [day, waiting] of days) add(countsOf(all.days, day, waiting.length), waiting);
    for (const [kind, waiting] of kinds) add(countsOf(all.kinds, kind, waiting.length), waiting);
  }
  return all;
}

function countsOf<Key>(counts: Map<Key, Int32Array>, key: Key, length: number): Int32Array {
  let found = counts.get(key);
  if (!found) counts.set(key, (found = new Int32Array(length)));
  return found;
}

function add(to: Int32Array, more: Int32Array): void {
  for (let at = 0; at < to.length; at += 1) to[at]! += more[at]!;
}

/** The days begin with the latest, so that the waits grow. */
function figuresAtEnds({ days, kinds }: Held, lasts: readonly number[]): Figures[] {
  const latestFirst = [...days].toSorted(([one], [other]) => other - one);
  return lasts.map((last, period) => {
    const waits: { value: number; times: number }[] = [];
    for (const [day, waiting] of latestFirst) if (waiting[period]! > 0) waits.push({ value: last - day, times: waiting[period]! });
    const [first, renewal] = [kinds.get('new')?.[period] ?? 0, kinds.get('renewal')?.[period] ?? 0];
    return { waiting: first + renewal, median_days: medianOf(waits), max_days: waits.at(-1)?.value ?? null, new: first, renewal };
  });
}

const epochDay = (day: string): string => `${day} - date '1970-01-01'`;

/** Many short rows take longer to read than to count. */
const inLines = (rows: string): string =>
  `select authority, part, kind, ended, string_agg(day::text, ' ') as days, string_agg(cases::text, ' ') as cases from (${rows}) rows group by 1, 2, 3, 4`;

function asked(question: Question): Statement {
  const { text, values } = countAtEnds({ subject: 'dols_request', since: 'f.received_at', until: 'f.decided_at', by: { kind: 'f.kind', day: epochDay('f.received_on') } }, question);
  return { text: inLines(text), values };
}

/** Requests are counted by the month in which they were decided; of the month that is cut short, those decided after its last day wait at its end. */
function tallied(question: Question): Statement {
  const tally = new Tally(question);
  const ends = tally.ends();
  const last = lastDays(question).at(-1)!;
  const [from, to] = [endOfDay(last), endOfDay(monthEnd(last))].map((moment) => tally.params.add(moment));
  const waiting = `received_on <= ${tally.params.add(last)}::date${tally.own('authority')}`;
  const final = `width_bucket(date_trunc('month', ${tally.params.add(last)}::timestamp)::date, ${ends.all})`;
  const counted = `
    select authority, null::text as part, part as kind, ${epochDay('day')} as day, width_bucket(month, ${ends.all}) as ended, cases
    from tally where ${tally.of('requests')} and ${ends.before('day')} and cases > 0`;
  const after = `
    select authority collate "C" as authority, null::text as part, kind collate "C" as kind, ${epochDay('received_on')} as day, ended, cases
    from dols_fact cross join (values (${question.periods.length}, 1), (${final}, -1)) moved (ended, cases)
    where known_until is null and decided_at >= ${from}::timestamptz and decided_at < ${to}::timestamptz and ${waiting}`;
  // In one line together they would be sorted first, which takes as long as everything else.
  return tally.statement(`${inLines(counted)} union all ${inLines(after)}`);
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
