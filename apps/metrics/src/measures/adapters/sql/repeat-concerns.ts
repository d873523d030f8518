import { Cells, type Figures } from '../../domain/cells.js';
import { ALL, bounds, type Question } from '../../domain/question.js';
import { inPeriods, periodOf } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params, source } from './source.js';
import { isTallied, Tally } from './tally.js';

interface Row {
  authority: string;
  part: string | null;
  bucket: number;
  concerns: number;
  repeats_within_365_days: number;
}

/** Concerns about somebody who had one before. */
export const repeatConcerns: Measure = {
  key: 'repeat_concerns',
  title: 'Repeat concerns',
  definition:
    'Concerns received in the period, and those about a person of whom another concern was received strictly before and at most 365 times 24 hours before: ' +
    'by the same authority or, for all of them, by any. People who were joined count as one.',
  subject: 'concern',
  counts: [['concerns'], ['repeats_within_365_days']],
  derived: {},
  nothing: { concerns: 0, repeats_within_365_days: 0 },
  statement: (question) => (isTallied(question) ? tallied(question) : asked(question)),
  cells: (rows) => {
    const cells = new Cells<Figures>();
    for (const { authority, part, bucket, ...figures } of rows as unknown as Row[]) {
      const period = periodOf(bucket);
      if (period !== undefined) cells.put({ authority, part, period }, () => figures);
    }
    return cells.all;
  },
};

/**
 * Few have an earlier one, so those are found by joining the concerns of the periods with all that come into question. A
 * list splits a concern into several rows, of which each finds the same.
 */
function asked(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params, 'with its person');
  const before = source('concern', { ...question, splitBy: null }, params, 'with its person');
  const { within, bucket } = inPeriods('received_at', question, params);
  const text = `${from.with}, judged as (
      select row_number() over () as row, f.authority, f.received_at, ${from.part} as part, ${from.person} as person
      ${from.from} ${from.where} and f.nth = 1 and ${within}
    ), earlier as (
      select f.authority, f.received_at, ${before.person} as person ${before.from} ${before.where} and f.nth = 1 and f.person_id is not null and ${reaching(question, params)}
    ), repeats as (
      select row, bool_or(earlier.authority = judged.authority) as own from judged join earlier using (person)
      where earlier.received_at < judged.received_at and earlier.received_at >= judged.received_at - interval '8760 hours' group by row
    ), told as (
      select authority, part, ${bucket} as bucket, coalesce(own, false) as own, own is not null as anyones from judged left join repeats using (row)
    )
    select coalesce(authority, 'all') as authority, part, bucket, count(*)::int as concerns,
      (case when grouping(authority) = 0 then count(*) filter (where own) else count(*) filter (where anyones) end)::int as repeats_within_365_days
    from told group by grouping sets ((authority, part, bucket), (part, bucket))`;
  return { text, values: params.values };
}

/** The periods and the year before them. */
function reaching(question: Question, params: Params): string {
  const limits = bounds(question);
  return `f.received_at >= ${params.add(limits[0])}::timestamptz - interval '8760 hours' and f.received_at < ${params.add(limits.at(-1))}::timestamptz`;
}

/** Repeats are found as they come; where one authority asks, those of the others are nobody's. */
function tallied(question: Question): Statement {
  const tally = new Tally(question);
  const { within, bucket } = tally.inPeriods('day');
  const anyones = question.authority === ALL ? 'count(*)' : 'count(*) filter (where by_own)';
  return tally.statement(`
    select coalesce(authority, 'all') as authority, null::text as part, bucket, sum(concerns)::int as concerns,
      (case when grouping(authority) = 0 then sum(own) else sum(anyones) end)::int as repeats_within_365_days
    from (
      select authority, ${bucket} as bucket, sum(cases) as concerns, 0 as own, 0 as anyones from tally where ${tally.of('concerns')} and ${within} group by 1, 2
      union all
      select authority, ${bucket}, 0, count(*) filter (where by_own), ${anyones} from repeat_concern where ${within}${tally.own('authority')} group by 1, 2
    ) counted group by grouping sets ((authority, bucket), (bucket))`);
}
