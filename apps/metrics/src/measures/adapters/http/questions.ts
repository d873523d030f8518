import { z } from 'zod';
import { type Day, financialYear } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { givenTime } from '#libs/platform';
import { reportKeys } from '../../application/report.js';
import { ALL, dimensions, monthly, type Period, period, yearly } from '../../domain/question.js';

const FIRST = '1990-01-01';
const LAST = '2099-12-31';

const day = z.iso
  .date({ error: 'must be a day such as 2025-07-31' })
  .refine((text) => text >= FIRST && text <= LAST, `must be a day from ${FIRST} to ${LAST}`);

const authority = z.enum([...codes.authority.options, ALL], {
  error: `must be one of ${codes.authority.options.join(', ')} or ${ALL}`,
});

/** What `GET /report` may be asked; with `only`, one of its keys and nothing else. */
export const reportQuery = z.strictObject({
  as_of: day,
  known_at: givenTime.optional(),
  authority: authority.optional(),
  only: z.enum(reportKeys, { error: `must be one of ${reportKeys.join(', ')}` }).optional(),
});

/** What `GET /measures/:key` may be asked; left out, `as_of` is today and the period the financial year so far. */
export const measureQuery = z
  .strictObject({
    authority: authority.default(ALL),
    from: day.optional(),
    to: day.optional(),
    every: z.enum(['month', 'year', 'period'], { error: 'must be month, year (a financial one) or period' }).default('period'),
    as_of: day.optional(),
    known_at: givenTime.optional(),
    split_by: z.enum(dimensions, { error: `must be one of ${dimensions.join(', ')}` }).optional(),
  })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ['from'], message: 'must not be later than to' });

export type MeasureQuery = z.infer<typeof measureQuery>;

/** The periods asked for: one, or its months or financial years; none begins after the as-of day. */
export function periodsOf({ from, to, every }: MeasureQuery, asOf: Day): Period[] {
  const last = to ?? asOf;
  const first = from ?? `${financialYear(last).slice(0, 4)}-04-01`;
  const all = every === 'month' ? monthly(first, last) : every === 'year' ? yearly(first, last) : first > last ? [] : [period(first, last)];
  return all.filter((one) => one.from <= asOf);
}

