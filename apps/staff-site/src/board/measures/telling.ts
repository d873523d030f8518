import { z } from 'zod';
import { barChart, count, decimal, monthInWords } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { share } from '../report.js';
import { spanInWords } from './months.js';

const figures = z.object({ decisions: z.number(), told: z.number(), not_told: z.number(), owed: z.number(), median_days: z.number().nullable() });

/** Whether whoever raised a concern was told, by the month of the decision, as the metrics service tells it. */
export const tellingShape = z.object({ periods: z.array(z.object({ name: z.string(), figures })) });
export type Telling = z.infer<typeof tellingShape>;

const percent = (value: number): string => `${decimal(value)}%`;

/** Whether those who raised concerns hear what became of them, and how soon. */
export function telling({ periods }: Telling): MeasureView {
  const decided = periods.filter((one) => one.figures.decisions > 0);
  const sum = (name: 'decisions' | 'told' | 'owed'): number => periods.reduce((total, one) => total + one.figures[name], 0);
  const toldShare = share(sum('told'), sum('decisions'));
  return {
    key: 'telling_referrers',
    heading: 'Whether those who raised concerns were told',
    takeaway: takeaway(sum, decided.at(-1)),
    tile: { label: 'Told what became of it', figure: known(toldShare, percent), note: `of ${count(sum('decisions'), 'decision')} made here, ${spanInWords(periods)}; ${count(sum('owed'), 'is', 'are')} owed an answer` },
    charts: [
      barChart({
        id: 'telling-told',
        title: 'Told, by the month of the decision',
        description: decided.map(({ name, figures: { told, decisions } }) => `${monthInWords(name)}: ${told} of ${decisions}`).join('; ') || 'No data.',
        unit: 'percent',
        atLeast: 100,
        bars: decided.map(({ name, figures: { told, decisions } }) => ({ label: monthInWords(name), value: share(told, decisions) })),
      }),
    ],
    caution: 'Decisions that an old system made are left out: nobody knows whom it told.',
    table: {
      caption: 'Decisions made here in each month, and whether whoever raised the concern was told',
      columns: [
        { code: 'month', heading: 'Month of the decision' },
        { code: 'decisions', heading: 'Decisions' },
        { code: 'told', heading: 'Told' },
        { code: 'not_told', heading: 'Not told, for a reason' },
        { code: 'owed', heading: 'Owed an answer' },
        { code: 'median_days', heading: 'Median days to telling', show: (value) => decimal(value, 2) },
      ],
      rows: periods.map(({ name, figures: { decisions, told, not_told, owed, median_days } }) => ({ name: monthInWords(name), code: name, values: [decisions, told, not_told, owed, median_days] })),
    },
    published: [],
  };
}

function takeaway(sum: (name: 'decisions' | 'told' | 'owed') => number, last: Telling['periods'][number] | undefined): string {
  if (!last) return 'No decision was made here in these twelve months.';
  return `After ${sum('told')} of ${count(sum('decisions'), 'decision')} made here whoever raised the concern was told. ${howSoon(last)}. After ${sum('owed')} they are still owed an answer.`;
}

function howSoon({ name, figures: { told, median_days } }: Telling['periods'][number]): string {
  if (median_days === null) return `Nobody has been told yet of a decision made in ${monthInWords(name)}`;
  const within = median_days < 1 ? 'in less than a day' : `within ${decimal(median_days)} days`;
  return told === 1 ? `The one told of a decision made in ${monthInWords(name)} heard ${within}` : `Of the ${told} told of a decision made in ${monthInWords(name)}, half heard ${within}`;
}
