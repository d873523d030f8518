import { Cells, type Figures } from '../../domain/cells.js';
import { bounds, type Question } from '../../domain/question.js';
import { inPeriods, periodOf } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { knownAt, led, Params, source } from './source.js';

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

const EARLIER = `order by received_at range between interval '8760 hours' preceding and interval '1 microsecond' preceding`;

function statement(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params);
  const known = knownAt(question, params);
  const { within, bucket } = inPeriods('f.received_at', question, params);
  const text = `with recursive ${led(known)}, history as (
      select f.id, f.authority, f.received_at, coalesce(led.into_id, f.person_id) as person
      from concern_fact f left join led on led.id = f.person_id
      where ${known('f')} and f.nth = 1 and f.person_id is not null and ${reaching(question, params)}
    ), judged as (
      select id, count(*) over (partition by person, authority ${EARLIER}) > 0 as own, count(*) over (partition by person ${EARLIER}) > 0 as anyones
      from history
    )
    select coalesce(told.authority, 'all') as authority, part, bucket, count(*)::int as concerns,
      (case when grouping(told.authority) = 0 then count(*) filter (where own) else count(*) filter (where anyones) end)::int as repeats_within_365_days
    from (
      select f.id, f.authority, ${from.part} as part, ${bucket} as bucket ${from.from} ${from.where} and f.nth = 1 and ${within}
    ) told left join judged on judged.id = told.id
    group by grouping sets ((told.authority, part, bucket), (part, bucket))`;
  return { text, values: params.values };
}

/** The periods and the year before them. */
function reaching(question: Question, params: Params): string {
  const limits = bounds(question);
  return `f.received_at >= ${params.add(limits[0])}::timestamptz - interval '8760 hours' and f.received_at < ${params.add(limits.at(-1))}::timestamptz`;
}
