import { barChart, decimal, valueLabel, whole } from '#libs/pages';
import { referrerInWords } from '../../words.js';
import { known, type MeasureView } from '../measure-view.js';
import { type AuthorityReport, inOrder, share } from '../report.js';

const percent = (value: number): string => `${decimal(value)}%`;

/** Concerns about somebody of whom one was raised within the 365 days before. */
export function repeatConcerns({ repeat_concerns_2024: year }: AuthorityReport): MeasureView {
  const rate = share(year?.repeats_within_365_days, year?.concerns);
  return {
    key: 'repeat_concerns_2024',
    heading: 'Concerns that come again',
    takeaway: year
      ? `${known(rate, percent)} of the ${known(year.concerns, whole)} concerns received in 2024 were about somebody of whom a concern had been raised in the 365 days before.`
      : 'No data for 2024.',
    tile: { label: 'Repeat concerns', figure: known(rate, percent), note: `of ${known(year?.concerns, whole)} concerns received in 2024` },
    charts: [
      barChart({
        id: 'repeats',
        title: 'Concerns received in 2024',
        description: `Within 365 days of another: ${known(year?.repeats_within_365_days, whole)} of ${known(year?.concerns, whole)}`,
        unit: 'number',
        bars: [
          { label: 'All concerns', value: year?.concerns ?? null },
          { label: 'Repeats', value: year?.repeats_within_365_days ?? null },
        ],
      }),
    ],
    table: {
      caption: 'Concerns received in 2024',
      columns: [
        { code: 'year', heading: 'Year' },
        { code: 'concerns', heading: 'Concerns' },
        { code: 'repeats_within_365_days', heading: 'Within 365 days of another' },
      ],
      rows: [{ name: '2024', code: '2024', values: [year?.concerns ?? null, year?.repeats_within_365_days ?? null] }],
    },
    published: [],
  };
}

/** Who raises the concerns, and whose become enquiries. */
export function conversionByReferrer(report: AuthorityReport): MeasureView {
  const types = inOrder(report.conversion_2024_by_referrer_type)
    .map(([type, value]) => ({ type, ...value, rate: share(value.s42_enquiries, value.concerns) }))
    .toSorted((left, right) => (right.concerns ?? 0) - (left.concerns ?? 0));
  const bars = (field: 'concerns' | 'rate') => types.map((row) => ({ label: referrerInWords(row.type), value: row[field] }));
  const describe = (field: 'concerns' | 'rate') =>
    types.map((row) => `${referrerInWords(row.type)}: ${known(row[field], (value) => valueLabel(value, field === 'rate' ? 'percent' : 'number'))}`).join('; ');
  return {
    key: 'conversion_2024_by_referrer_type',
    heading: 'Who raises concerns',
    takeaway: takeaway(types),
    charts: [
      barChart({ id: 'referrer-concerns', title: 'Concerns received in 2024', description: describe('concerns'), unit: 'number', bars: bars('concerns') }),
      barChart({ id: 'referrer-rate', title: 'Of those, became section 42 enquiries', description: describe('rate'), unit: 'percent', bars: bars('rate') }),
    ],
    table: {
      caption: 'Concerns received in 2024, by who raised them',
      columns: [
        { code: 'referrer_type', heading: 'Raised by' },
        { code: 'concerns', heading: 'Concerns' },
        { code: 's42_enquiries', heading: 'Became section 42 enquiries' },
        { code: 'rate_percent', heading: 'Share', show: percent },
      ],
      rows: types.map(({ type, concerns, s42_enquiries, rate }) => ({
        name: referrerInWords(type),
        code: type,
        values: [concerns, s42_enquiries, rate === null ? null : Math.round(rate * 100) / 100],
      })),
    },
    published: [],
  };
}

function takeaway(types: { type: string; concerns: number | null; rate: number | null }[]): string {
  const [most] = types;
  const known = types.filter((row): row is typeof row & { rate: number } => row.rate !== null);
  if (!most || known.length === 0) return 'No data for 2024.';
  const sorted = known.toSorted((left, right) => right.rate - left.rate);
  const [highest, lowest] = [sorted[0] ?? most, sorted.at(-1) ?? most];
  return `${referrerInWords(most.type)} raised most concerns in 2024 (${whole(most.concerns ?? 0)}). Most often they became enquiries when raised by ${lower(highest.type)} (${percent(highest.rate ?? 0)}), least often by ${lower(lowest.type)} (${percent(lowest.rate ?? 0)}).`;
}

function lower(type: string): string {
  const name = referrerInWords(type);
  return name.startsWith('NHS') ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
