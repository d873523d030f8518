import { Cells, type Figures } from '../../domain/cells.js';
import { bounds, type Question } from '../../domain/question.js';
import { inPeriods, periodOf } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params, source } from './source.js';

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
  statement,
  cells: (rows) => {
    const cells = new Cells<Figures>();
    for (const { authority, part, bucket, ...figures } of rows as unknown as Row[]) {
      const period = periodOf(bucket);
      if (period !== undefined) cells.put({ authority, part, period }, () => figures);
    }
    return cells.all;
  },
};

const EARLIER = `order by f.received_at range between interval '8760 hours' preceding and interval '1 microsecond' preceding`;

/** A list splits a concern into several rows; one received at the same moment is never earlier, so that changes nothing. */
function statement(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params, 'with its person');
  const { within, bucket } = inPeriods('received_at', question, params);
  const text = `${from.with}, judged as (
      select f.authority, f.received_at, ${from.part} as part, ${from.person} as person,
        count(*) over (partition by ${from.person}, f.authority ${EARLIER}) > 0 as own,
        count(*) over (partition by ${from.person} ${EARLIER}) > 0 as anyones
      ${from.from} ${from.where} and f.nth = 1 and ${reaching(question, params)}
    ), told as (
      select authority, part, ${bucket} as bucket, own and person is not null as own, anyones and person is not null as anyones
      from judged where ${within}
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
