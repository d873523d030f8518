import { bounds, type Question } from '../../domain/question.js';
import type { Statement } from './measure.js';
import { monthEnd, endOfDay } from '#libs/calendar';
import { Tally } from './tally.js';

const SIX_HOURS = '21600000000';

/**
 * How long first decisions took, from the tally. Of the times it knows how many there are of each length, by month and in
 * steps of six hours, and so in which step the middle lies; the two in the middle are then counted off among the decisions
 * of that step, which an index has in the order of their length. Of the month that is cut short, the decisions after its last day are taken away again.
 */
export function talliedTimes(question: Question): Statement {
  const tally = new Tally(question);
  const { within, bucket, bucketOf } = tally.inPeriods('day');
  const bucketAt = `width_bucket(f.decided_at, ${tally.params.add(bounds(question))}::timestamptz[])`;
  const [asOf, from, to] = [question.asOf, endOfDay(question.asOf), endOfDay(monthEnd(question.asOf))].map((value) => tally.params.add(value));
  const current = 'f.known_until is null and f.nth = 1';
  return tally.statement(`
    with sums as (
      select coalesce(authority, 'all') as authority, bucket, sum(cases)::int as decisions, coalesce(sum(cases) filter (where part like '%h%'), 0)::int as within_24_hours,
        coalesce(sum(cases) filter (where part like '%d%'), 0)::int as within_5_days, sum(micros)::text as sum
      from (select *, ${bucket} as bucket from tally where ${tally.of('first_decisions')} and ${within}) told
      where bucket % 2 = 1 group by grouping sets ((authority, bucket), (bucket)) having sum(cases) > 0
    ), told as (
      select authority, ${bucket} as bucket, part::int as step, cases from tally where ${tally.of('first_decisions_by_length')} and ${within}
      union all
      select f.authority collate "C", ${bucketOf(`${asOf}::date`)}, metrics.six_hours(f.elapsed_micros), -1 from concern_fact f
      where ${current} and f.decided_at >= ${from}::timestamptz and f.decided_at < ${to}::timestamptz${tally.own('f.authority')}
    ), steps as (
      select coalesce(authority, 'all') as authority, bucket, step, sum(cases) as cases
      from told where bucket % 2 = 1 group by grouping sets ((authority, bucket, step), (bucket, step))
    ), ranked as (
      select *, sum(cases) over (partition by authority, bucket order by step) - cases as before, sum(cases) over (partition by authority, bucket) as whole from steps
    ), middle as materialized (
      select authority, bucket, step, cases, before, div(whole + 1, 2) as lower, div(whole, 2) + 1 as upper
      from ranked where cases > 0 and before < div(whole, 2) + 1 and before + cases >= div(whole + 1, 2)
    ), medians as (
      select middle.authority, bucket, (2 * sum(elapsed_micros) / count(*))::bigint::text as doubled
      from middle cross join lateral (
        select f.elapsed_micros from concern_fact f
        where ${current}${tally.own('f.authority')} and middle.authority in (f.authority collate "C", 'all') and ${bucketAt} = bucket
          and f.elapsed_micros > (step - 1) * ${SIX_HOURS} and f.elapsed_micros <= step * ${SIX_HOURS}
        order by f.elapsed_micros offset greatest(lower, before + 1) - before - 1 limit least(upper, before + cases) - greatest(lower, before + 1) + 1
      ) in_the_middle
      group by 1, 2
    )
    select *, null::text as part from sums join medians using (authority, bucket)`);
}
