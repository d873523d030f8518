import type { Figures } from '../../domain/cells.js';
import { dayMicros, twoDecimals } from '../../domain/exact.js';
import type { Question } from '../../domain/question.js';
import { decisionsMadeHere } from './decisions.js';
import { asOfEnd, cellsOf, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params } from './source.js';

interface Row extends CountRow {
  decisions: number;
  told: number;
  not_told: number;
  /** Twice the median in microseconds, so that the mean of two is whole; null where nobody was told. */
  doubled: string | null;
}

/** Whether those who raised concerns were told what became of them, and how soon. */
export const tellingReferrers: Measure = {
  key: 'telling_referrers',
  title: 'Telling whoever raised a concern',
  definition:
    'Of the decisions made here in the period (those that an old system made are left out, since nobody knows whom it told): how many of those who raised the concerns were told by the end of the as-of day, ' +
    'for how many somebody recorded why they are not told, and how many are still owed an answer. The exact median of the elapsed time from the decision to the telling, in days of 24 hours.',
  subject: 'concern',
  counts: [['decisions'], ['told', 'not_told', 'owed']],
  derived: { median_days: ['told'] },
  nothing: { decisions: 0, told: 0, not_told: 0, owed: 0, median_days: null },
  statement,
  cells: (rows) => cellsOf(rows as unknown as Row[], figures),
};

const figures = ({ decisions, told, not_told, doubled }: Row): Figures => ({
  decisions,
  told,
  not_told,
  owed: decisions - told - not_told,
  median_days: doubled === null ? null : twoDecimals(BigInt(doubled), 2n * dayMicros),
});

/** Like the median, lengths are worked out in floating point, which is ten times as quick, and exact up to 70 years of microseconds. */
function statement(question: Question): Statement {
  const params = new Params();
  const from = decisionsMadeHere(question, params);
  const { within, bucket } = inPeriods('t.decided_at', question, params);
  const end = asOfEnd(question, params);
  const text = `${from.with} select coalesce(authority, 'all') as authority, part, bucket, count(*)::int as decisions,
      count(told_after)::int as told, count(not_told_at)::int as not_told,
      (2 * percentile_cont(0.5) within group (order by told_after))::bigint::text as doubled
    from (
      select t.authority, ${from.part} as part, ${bucket} as bucket,
        case when t.told_at < ${end} then (date_part('epoch', t.told_at - t.decided_at) * 1000000)::bigint end as told_after, case when t.not_told_at < ${end} then t.not_told_at end as not_told_at
      ${from.from} ${from.where} and ${within}
    ) told
    where bucket % 2 = 1 group by grouping sets ((authority, part, bucket), (part, bucket))`;
  return { text, values: params.values };
}
