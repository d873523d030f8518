import { barChart, decimal } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { type AuthorityReport, inOrder, share } from '../report.js';

const percent = (value: number): string => `${decimal(value)}%`;
type Year = NonNullable<AuthorityReport['making_safeguarding_personal_by_year']>[string];
const SHARES = {
  notAsked: ({ not_asked, concluded }: Year) => share(not_asked, concluded),
  achieved: ({ fully_or_partially_achieved, expressed }: Year) => share(fully_or_partially_achieved, expressed),
  supported: ({ lacking_capacity_supported, lacking_capacity }: Year) => share(lacking_capacity_supported, lacking_capacity),
};

/** Whether people were asked what they wanted, and whether it came about. */
export function makingSafeguardingPersonal({ making_safeguarding_personal_by_year: byYear }: AuthorityReport): MeasureView {
  const years = inOrder(byYear);
  const of = (year: string, part: keyof typeof SHARES): string => known(byYear?.[year] && SHARES[part](byYear[year]), percent);
  const [before, latest] = [years.at(-2), years.at(-1)];
  return {
    key: 'making_safeguarding_personal_by_year',
    heading: 'Whether people were asked what they wanted',
    takeaway: takeaway(latest, before),
    tile: {
      label: 'People not asked',
      figure: known(latest && SHARES.notAsked(latest[1]), percent),
      note: latest ? `of enquiries concluded in ${latest[0]}${before ? `; ${before[0]}: ${known(SHARES.notAsked(before[1]), percent)}` : ''}` : 'no year has ended',
    },
    charts: [
      chart(years, 'notAsked', 'Not asked what they wanted'),
      chart(years, 'achieved', 'Got what they wanted, fully or partly'),
      chart(years, 'supported', 'Lacked capacity and had support'),
    ],
    table: table(years),
    published: [
      { what: 'Not asked, 2023-24', published: '14%', ours: of('2023-24', 'notAsked') },
      { what: 'Not asked, 2024-25', published: '18%', ours: of('2024-25', 'notAsked') },
      { what: 'Outcome fully or partly achieved, where expressed', published: '98%', ours: of('2024-25', 'achieved'), source: 'as quoted from the Safeguarding Adults Board’s report of November 2024' },
      { what: 'Lacked capacity and was supported (England: 83.38%)', published: '85%', ours: of('2024-25', 'supported') },
    ],
  };
}

function takeaway(latest: [string, Year] | undefined, before: [string, Year] | undefined): string {
  if (!latest) return 'No financial year had ended by then.';
  if (latest[1].concluded === 0) return `No enquiry was concluded in ${latest[0]}.`;
  const then = before ? ` (${known(SHARES.notAsked(before[1]), percent)} the year before)` : '';
  return `${known(SHARES.notAsked(latest[1]), percent)} of people were not asked what they wanted in ${latest[0]}${then}. Of those who said, ${known(SHARES.achieved(latest[1]), percent)} got it fully or partly.`;
}

function chart(years: [string, Year][], part: keyof typeof SHARES, title: string) {
  return barChart({
    id: `personal-${part.toLowerCase()}`,
    title,
    description: years.map(([year, value]) => `${year}: ${known(SHARES[part](value), percent)}`).join('; '),
    unit: 'percent',
    atLeast: 100,
    bars: years.map(([year, value]) => ({ label: year, value: SHARES[part](value) })),
  });
}

function table(years: [string, Year][]): MeasureView['table'] {
  return {
    caption: 'Enquiries concluded in each financial year',
    columns: [
      { code: 'year', heading: 'Financial year' },
      { code: 'concluded', heading: 'Concluded' },
      { code: 'not_asked', heading: 'Not asked' },
      { code: 'expressed', heading: 'Asked and said' },
      { code: 'fully_or_partially_achieved', heading: 'Achieved fully or partly' },
      { code: 'lacking_capacity', heading: 'Lacked capacity' },
      { code: 'lacking_capacity_supported', heading: 'Of those, supported' },
    ],
    rows: years.map(([year, value]) => ({
      name: year,
      code: year,
      values: [
        value.concluded,
        value.not_asked,
        value.expressed,
        value.fully_or_partially_achieved,
        value.lacking_capacity,
        value.lacking_capacity_supported,
      ],
    })),
  };
}
