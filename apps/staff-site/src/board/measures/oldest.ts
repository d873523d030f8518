import { z } from 'zod';
import { barChart, count, dayInWords, decimal, monthInWords } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { endInWords, monthSoFar } from './months.js';
import { days } from './triage-time.js';

const figures = z.object({ waiting: z.number(), oldest_days: z.number().nullable() });

/** How long the concern had waited that had waited longest, at the end of each month, as the metrics service tells it. */
export const oldestShape = z.object({ periods: z.array(z.object({ name: z.string(), figures })) });
export type Oldest = z.infer<typeof oldestShape>;

/** How long the concern has waited that has waited longest. */
export function oldest({ periods }: Oldest, asOf: string): MeasureView {
  const [last, yearBefore] = [periods.at(-1), periods[0]];
  return {
    key: 'oldest_waiting',
    heading: 'How long the oldest concern has waited',
    takeaway: takeaway(last, yearBefore, asOf),
    charts: [
      barChart({
        id: 'oldest-waiting',
        title: 'Longest wait at the month’s end',
        description: periods.map((one) => `${monthInWords(one.name)}: ${known(one.figures.oldest_days, days)}`).join('; ') || 'No data.',
        unit: 'days',
        bars: periods.map((one) => ({ label: monthInWords(one.name), value: one.figures.oldest_days, ...(one.figures.waiting === 0 && { text: 'nothing waited' }) })),
      }),
    ],
    caution: 'In days of 24 hours. A concern whose decision was reopened waits from then.',
    table: {
      caption: 'Concerns awaiting triage when the month ended',
      columns: [
        { code: 'month', heading: 'Month' },
        { code: 'waiting', heading: 'Waiting' },
        { code: 'oldest_days', heading: 'Longest wait in days', show: (value) => decimal(value, 2) },
      ],
      rows: periods.map((one) => ({ name: monthSoFar(one.name, asOf), code: one.name, values: [one.figures.waiting, one.figures.oldest_days], missing: 'nothing waited' })),
    },
    published: [],
  };
}

function takeaway(last: Oldest['periods'][number] | undefined, yearBefore: Oldest['periods'][number] | undefined, asOf: string): string {
  if (!last || last.figures.oldest_days === null) return `No concern was waiting for a decision at the end of ${dayInWords(asOf)}.`;
  const { waiting, oldest_days } = last.figures;
  const then = yearBefore === last || !yearBefore ? '' : `; at ${endInWords(yearBefore.name, asOf)} ${yearBefore.figures.oldest_days === null ? 'nothing waited' : `it was ${days(yearBefore.figures.oldest_days)}`}`;
  const longest = waiting === 1 ? 'The one concern' : `Of the ${count(waiting, 'concern')} that were waiting, the oldest`;
  return `${longest} had waited ${days(oldest_days)} at the end of ${dayInWords(asOf)}${then}.`;
}
