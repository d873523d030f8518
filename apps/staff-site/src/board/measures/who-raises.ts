import { z } from 'zod';
import { barChart, count, decimal, valueLabel, whole } from '#libs/pages';
import { referrerInWords } from '../../words.js';
import { known, type MeasureView } from '../measure-view.js';
import { share } from '../report.js';
import { untilDay } from './months.js';

const percent = (value: number): string => `${decimal(value)}%`;

const repeats = z.object({ concerns: z.number(), repeats_within_365_days: z.number() });

/** Concerns of one period about somebody of whom there was another, as the metrics service tells it. */
export const repeatsShape = z.object({ periods: z.array(z.object({ name: z.string(), figures: repeats })).length(1) });

/** Of the twelve months that end with the day, and of those before. */
export type Repeats = readonly [recent: z.infer<typeof repeatsShape>, before: z.infer<typeof repeatsShape>];

/** Concerns about somebody of whom one was raised within the 365 days before. */
export function repeatConcerns(told: Repeats, asOf: string): MeasureView {
  const [recent, before] = told.map(({ periods }) => ({ ...periods[0]!, rate: share(periods[0]!.figures.repeats_within_365_days, periods[0]!.figures.concerns) }));
  const { figures, rate, name } = recent!;
  const span = untilDay(name, asOf);
  const then = `the twelve months before: ${known(before!.rate, percent)}`;
  return {
    key: 'repeat_concerns',
    heading: 'Concerns that come again',
    takeaway: rate === null
      ? `No concern was received from ${span}; ${then}.`
      : `${percent(rate)} of the ${count(figures.concerns, 'concern')} received from ${span} ${figures.concerns === 1 ? 'was' : 'were'} about somebody of whom a concern had been raised in the 365 days before; ${then}.`,
    tile: { label: 'Repeat concerns', figure: known(rate, percent), note: `of ${count(figures.concerns, 'concern')} received, ${span}; ${then}` },
    charts: [
      barChart({
        id: 'repeats',
        title: `Concerns received, ${span}`,
        description: `Within 365 days of another: ${whole(figures.repeats_within_365_days)} of ${whole(figures.concerns)}`,
        unit: 'number',
        bars: [
          { label: 'All concerns', value: figures.concerns },
          { label: 'Repeats', value: figures.repeats_within_365_days },
        ],
      }),
    ],
    table: {
      caption: 'Concerns received in twelve months',
      columns: [
        { code: 'period', heading: 'Received' },
        { code: 'concerns', heading: 'Concerns' },
        { code: 'repeats_within_365_days', heading: 'Within 365 days of another' },
      ],
      rows: [before!, recent!].map((one) => ({ name: untilDay(one.name, one === recent ? asOf : undefined), code: one.name, values: [one.figures.concerns, one.figures.repeats_within_365_days] })),
    },
    published: [],
  };
}

const converted = z.object({ concerns: z.number(), s42_enquiries: z.number(), rate_percent: z.number().nullable() });

/** How many of the concerns of one period became enquiries, by who raised them. */
export const referrersShape = z.object({ periods: z.array(z.object({ name: z.string(), split: z.record(z.string(), converted) })).length(1) });
export type Referrers = z.infer<typeof referrersShape>;
type ByType = z.infer<typeof converted> & { type: string };

/** Who raises the concerns, and whose become enquiries, in the twelve months that end with the day. */
export function conversionByReferrer({ periods }: Referrers, asOf: string): MeasureView {
  const { name, split } = periods[0]!;
  const span = untilDay(name, asOf);
  const types = Object.entries(split)
    .map(([type, figures]) => ({ type, ...figures }))
    .filter(({ concerns }) => concerns > 0)
    .toSorted((left, right) => right.concerns - left.concerns || (left.type < right.type ? -1 : 1));
  const bars = (field: 'concerns' | 'rate_percent') => types.map((row) => ({ label: referrerInWords(row.type), value: row[field] }));
  const describe = (field: 'concerns' | 'rate_percent') =>
    types.map((row) => `${referrerInWords(row.type)}: ${known(row[field], (value) => valueLabel(value, field === 'concerns' ? 'number' : 'percent'))}`).join('; ') || 'No data.';
  return {
    key: 'conversion_by_referrer_type',
    heading: 'Who raises concerns',
    takeaway: takeaway(types, span),
    caution: 'The newest months are not final: some of their concerns still await a decision.',
    charts: [
      barChart({ id: 'referrer-concerns', title: `Concerns received, ${span}`, description: describe('concerns'), unit: 'number', bars: bars('concerns') }),
      barChart({ id: 'referrer-rate', title: 'Of those, became section 42 enquiries', description: describe('rate_percent'), unit: 'percent', bars: bars('rate_percent') }),
    ],
    table: {
      caption: `Concerns received from ${span}, by who raised them`,
      columns: [
        { code: 'referrer_type', heading: 'Raised by' },
        { code: 'concerns', heading: 'Concerns' },
        { code: 's42_enquiries', heading: 'Became section 42 enquiries' },
        { code: 'rate_percent', heading: 'Share', show: percent },
      ],
      rows: types.map(({ type, concerns, s42_enquiries, rate_percent }) => ({ name: referrerInWords(type), code: type, values: [concerns, s42_enquiries, rate_percent] })),
    },
    published: [],
  };
}

/** Of those of whom it is known who they are; the others stand in the table. */
function takeaway(types: readonly ByType[], span: string): string {
  const named = types.filter(({ type }) => type !== 'not_known');
  const [most] = named;
  if (!most) return types.length === 0 ? `No concern was received from ${span}.` : `Of none of the concerns received from ${span} it is recorded who raised it.`;
  const said = `${referrerInWords(most.type)} raised the most concerns from ${span} (${whole(most.concerns)}).`;
  const sorted = named.toSorted((left, right) => (right.rate_percent ?? 0) - (left.rate_percent ?? 0));
  const [highest, lowest] = [sorted[0]!, sorted.at(-1)!];
  if (highest.rate_percent === lowest.rate_percent) return said;
  return `${said} Most often they became enquiries when raised by ${lower(highest.type)} (${percent(highest.rate_percent ?? 0)}), least often by ${lower(lowest.type)} (${percent(lowest.rate_percent ?? 0)}).`;
}

function lower(type: string): string {
  const name = referrerInWords(type);
  return name.startsWith('NHS') ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
