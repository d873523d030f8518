import type { Figures } from '../../domain/cells.js';
import { dayMicros, twoDecimals } from '../../domain/exact.js';
import type { Question } from '../../domain/question.js';
import { cellsOf, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params, source } from './source.js';
import { talliedTimes } from './tallied-times.js';
import { isOfMonths, isTallied } from './tally.js';

interface Row extends CountRow {
  decisions: number;
  within_24_hours: number;
  within_5_days: number;
  /** Microseconds, as text: a sum of them may pass the safe integers. */
  sum: string;
  /** Twice the median, so that the mean of two is whole. */
  doubled: string;
}

/** How long first decisions took. */
export const triageTime: Measure = {
  key: 'triage_time',
  title: 'Time from a concern to its first decision',
  definition:
    'For the first decisions made in the period: elapsed time from when the concern was received to when it was decided, in days of 24 hours. ' +
    'The mean and the exact median, and how many took at most 24 hours and at most 5 days. A decision counts in the period in which it was made, however long before the concern was received; one made again after a concern was reopened is not counted.',
  subject: 'concern',
  counts: [['decisions'], ['within_24_hours'], ['within_5_days']],
  derived: { mean_days: ['decisions'], median_days: ['decisions'] },
  nothing: { decisions: 0, mean_days: null, median_days: null, within_24_hours: 0, within_5_days: 0 },
  statement: (question) => (isTallied(question) && isOfMonths(question) ? talliedTimes(question) : statement(question)),
  cells: (rows) => cellsOf(rows as unknown as Row[], figures),
};

function figures({ decisions, within_24_hours, within_5_days, sum, doubled }: Row): Figures {
  return {
    decisions,
    mean_days: twoDecimals(BigInt(sum), BigInt(decisions) * dayMicros),
    median_days: twoDecimals(BigInt(doubled), 2n * dayMicros),
    within_24_hours,
    within_5_days,
  };
}

/** `percentile_cont(0.5)` is the mean of the two in the middle: worked out in floating point, and exact up to 70 years of microseconds. */
function statement(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params);
  const { within, bucket } = inPeriods('f.decided_at', question, params);
  const text = `${from.with} select coalesce(authority, 'all') as authority, part, bucket, count(*)::int as decisions, sum(elapsed_micros)::text as sum,
      (2 * percentile_cont(0.5) within group (order by elapsed_micros))::bigint::text as doubled,
      (count(*) filter (where elapsed_micros <= ${dayMicros}))::int as within_24_hours,
      (count(*) filter (where elapsed_micros <= ${5n * dayMicros}))::int as within_5_days
    from (select f.authority, f.elapsed_micros, ${from.part} as part, ${bucket} as bucket ${from.from} ${from.where} and f.nth = 1 and ${within}) told
    where bucket % 2 = 1 group by grouping sets ((authority, part, bucket), (part, bucket))`;
  return { text, values: params.values };
}
