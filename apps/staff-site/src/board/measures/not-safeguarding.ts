import { z } from 'zod';
import { barChart, count, decimal, listInWords, whole } from '#libs/pages';
import { notSafeguardingReasons } from '../../concerns/words.js';
import { known, type MeasureView } from '../measure-view.js';
import { share } from '../report.js';
import { monthSoFar, spanInWords } from './months.js';

/** Why concerns came to no enquiry, by the month in which they were received, as the metrics service tells it: a count for each reason. */
export const notSafeguardingShape = z.object({ periods: z.array(z.object({ name: z.string(), figures: z.record(z.string(), z.number()) })) });
export type NotSafeguarding = z.infer<typeof notSafeguardingShape>;

/** As short as the chart has room for. */
const short: Record<string, string> = {
  care_needs_only: 'Care needs only', quality_of_care: 'Quality of care', no_care_and_support_needs: 'No needs', no_abuse_or_neglect_identified: 'No abuse found',
  already_known: 'Already known', other_authority: 'Another authority', none_given: 'No reason given',
};
const reasons: [name: string, words: string][] = [...Object.entries(notSafeguardingReasons), ['none_given', 'No reason given']];

/** Why concerns were not safeguarding matters. */
export function notSafeguarding({ periods }: NotSafeguarding, asOf: string): MeasureView {
  const sum = (name: string): number => periods.reduce((total, one) => total + (one.figures[name] ?? 0), 0);
  const sums = reasons.map(([name, words]) => ({ name, words, cases: sum(name) })).toSorted((one, other) => Number(one.name === 'none_given') - Number(other.name === 'none_given') || other.cases - one.cases);
  return {
    key: 'not_safeguarding_reasons',
    heading: 'Why concerns came to no enquiry',
    takeaway: takeaway(sums, { concerns: sum('concerns'), none: sum('no_enquiry'), span: spanInWords(periods) }),
    charts: [
      barChart({
        id: 'not-safeguarding',
        title: `No enquiry, by the reason why not, ${spanInWords(periods)}`,
        description: sums.map(({ words, cases }) => `${words}: ${cases}`).join('; '),
        unit: 'number',
        bars: sums.map(({ name, words, cases }) => ({ label: short[name] ?? words, value: cases })),
      }),
    ],
    caution: 'The newest months are not final: some of their concerns still await a decision. No reason is given where a concern was one of safeguarding and the duty to enquire did not apply, or where an old system did not say.',
    table: {
      caption: 'Concerns by the month in which they were received, and why they came to no enquiry',
      columns: [{ code: 'month', heading: 'Month' }, { code: 'concerns', heading: 'Concerns' }, { code: 'no_enquiry', heading: 'No enquiry' }, ...reasons.map(([code, heading]) => ({ code, heading }))],
      rows: periods.map((one) => ({ name: monthSoFar(one.name, asOf), code: one.name, values: ['concerns', 'no_enquiry', ...reasons.map(([name]) => name)].map((name) => one.figures[name] ?? null) })),
    },
    published: [],
  };
}

function takeaway(sums: readonly { name: string; words: string; cases: number }[], { concerns, none, span }: { concerns: number; none: number; span: string }): string {
  if (none === 0) return `No concern received in these twelve months was decided without an enquiry.`;
  const most = sums.filter(({ name, cases }) => name !== 'none_given' && cases > 0).slice(0, 2);
  const why = most.length === 0 ? 'None of the decisions gives a reason why it was not safeguarding.' : `Most often the reason was ${listInWords(most.map(({ words, cases }) => `“${words}” (${whole(cases)})`))}.`;
  return `${whole(none)} of the ${count(concerns, 'concern')} received, ${span}, ${none === 1 ? 'was' : 'were'} decided without an enquiry (${known(share(none, concerns), (value) => `${decimal(value)}%`)}). ${why}`;
}

