import { Cells, type Figures } from '../../domain/cells.js';
import { twoDecimals } from '../../domain/exact.js';
import type { Question } from '../../domain/question.js';
import { inPeriods, periodOf } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params, source } from './source.js';

const DAY = 86_400_000_000n;

interface Row {
  authority: string;
  part: string | null;
  bucket: number;
  decisions: number;
  within_24_hours: number;
  within_5_days: number;
  /** Microseconds, as text: a sum of them may pass the safe integers. */
  sum: string;
  lower: string;
  upper: string;
}

/** How long first decisions took. */
export const triageTime: Measure = {
  key: 'triage_time',
  title: 'Time from a concern to its first decision',
  definition:
    'For the first decisions made in the period: elapsed time from when the concern was received to when it was decided, in days of 24 hours. ' +
    'The mean and the exact median, and how many took at most 24 hours and at most 5 days.',
  subject: 'concern',
  counts: [['decisions'], ['within_24_hours'], ['within_5_days']],
  derived: { mean_days: ['decisions'], median_days: ['decisions'] },
  nothing: { decisions: 0, mean_days: null, median_days: null, within_24_hours: 0, within_5_days: 0 },
  statement,
  cells: (rows) => {
    const cells = new Cells<Figures>();
    for (const row of rows as unknown as Row[]) {
      const period = periodOf(row.bucket);
      if (period !== undefined) cells.put({ authority: row.authority, part: row.part, period }, () => figures(row));
    }
    return cells.all;
  },
};

function figures({ decisions, within_24_hours, within_5_days, sum, lower, upper }: Row): Figures {
  return {
    decisions,
    mean_days: twoDecimals(BigInt(sum), BigInt(decisions) * DAY),
    median_days: twoDecimals(BigInt(lower) + BigInt(upper), 2n * DAY),
    within_24_hours,
    within_5_days,
  };
}

/** `percentile_disc(0.5)` is the lower of the two in the middle, and the upper when counted from the other end: no estimate. */
function statement(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params);
  const { within, bucket } = inPeriods('f.decided_at', question, params);
  const text = `${from.with} select coalesce(authority, 'all') as authority, part, bucket, count(*)::int as decisions, sum(elapsed_micros)::text as sum,
      (percentile_disc(0.5) within group (order by elapsed_micros))::text as lower,
      (percentile_disc(0.5) within group (order by elapsed_micros desc))::text as upper,
      (count(*) filter (where elapsed_micros <= ${DAY}))::int as within_24_hours,
      (count(*) filter (where elapsed_micros <= ${5n * DAY}))::int as within_5_days
    from (select f.authority, f.elapsed_micros, ${from.part} as part, ${bucket} as bucket ${from.from} ${from.where} and f.nth = 1 and ${within}) told
    where bucket % 2 = 1 group by grouping sets ((authority, part, bucket), (part, bucket))`;
  return { text, values: params.values };
}
