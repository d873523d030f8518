import { z } from 'zod';
import { barChart, count, dayInWords, decimal } from '#libs/pages';
import { limbs } from '../../concerns/words.js';
import { known, type MeasureView } from '../measure-view.js';
import { share } from '../report.js';

const number = z.number().nullable();
const agreement = z.object({ pairs: z.number(), agreed: z.number(), kappa: number, low: number, high: number });

/** How far second looks agree with decisions, as `triage` tells it. */
export const consistencyShape = z.object({ definition: z.string().default(''), from: z.string(), to: z.string(), owed: z.number(), agreement: z.object({ needs: agreement, risk: agreement, unable: agreement, outcome: agreement }) });
export type Consistency = z.infer<typeof consistencyShape>;

const short = { needs: '(a) needs', risk: '(b) risk', unable: '(c) unable', outcome: 'Outcome' };
/** Of fewer `triage` works out no kappa. */
const FEWEST = 10;
const whyNone = ({ pairs }: z.infer<typeof agreement>): string => (pairs < FEWEST ? `fewer than ${FEWEST}` : 'every answer the same');
const two = (value: number): string => decimal(value, 2);

/** Whether two people decide alike: second looks that were given in twelve months, blind, beside the decisions. */
export function consistency({ definition, from, to, owed, agreement: by }: Consistency): MeasureView {
  const { pairs, kappa } = by.outcome;
  const rows = [...limbs.map(({ name, letter, question }) => ({ code: name, name: `(${letter}) ${question}`, of: by[name] })), { code: 'outcome' as const, name: 'Outcome', of: by.outcome }];
  return {
    key: 'consistency_of_decisions',
    ...(definition && { defined: definition }),
    heading: 'Whether two people decide alike',
    takeaway: takeaway(by),
    tile: { label: 'Agreement on the outcome', figure: known(kappa, two), note: `Cohen’s kappa over ${count(pairs, 'second look')} from ${dayInWords(from)} to ${dayInWords(to)}${pairs > 0 && kappa === null ? ` (${whyNone(by.outcome)})` : ''}; ${count(owed, 'is', 'are')} owed` },
    charts: [
      barChart({
        id: 'consistency-agreed',
        title: 'Came to the same answer',
        description: rows.map(({ name, of }) => `${name}: ${of.agreed} of ${of.pairs}`).join('; '),
        unit: 'percent',
        atLeast: 100,
        bars: rows.map(({ code, of }) => ({ label: short[code], value: share(of.agreed, of.pairs) })),
      }),
    ],
    caution: `Of ${dayInWords(from)} to ${dayInWords(to)}. Kappa is 1 where two people always agree and 0 where they agree no more than by chance; with few second looks the interval is wide. It is not worked out of fewer than ${FEWEST}, nor where every answer is the same: chance would explain that too. Whoever looks again may say of a question that they cannot yet tell, which whoever decided could not: that counts as another answer.`,
    table: {
      caption: 'Second looks beside the decisions',
      columns: [
        { code: 'question', heading: 'Question' },
        { code: 'second_looks', heading: 'Second looks' },
        { code: 'agreed', heading: 'Agreed' },
        { code: 'kappa', heading: 'Kappa', show: two },
        { code: 'low', heading: 'At least (95%)', show: two },
        { code: 'high', heading: 'At most (95%)', show: two },
      ],
      rows: rows.map(({ code, name, of }) => ({ code, name, values: [of.pairs, of.agreed, of.kappa, of.low, of.high], missing: whyNone(of) })),
    },
    published: [],
  };
}

function takeaway(by: Consistency['agreement']): string {
  const { pairs, agreed, kappa, low, high } = by.outcome;
  if (pairs === 0) return 'No second look was given in these twelve months.';
  const said = `Of ${count(pairs, 'decision')} that somebody else made again without knowing the first, ${agreed} came to the same outcome`;
  if (pairs < FEWEST) return `${said}: these are fewer than ${FEWEST}, too few for more to be said.`;
  if (kappa === null || low === null || high === null) return `${said}. Every answer was the same, so agreement cannot be told from chance.`;
  return `${said}: a kappa of ${two(kappa)}, between ${two(low)} and ${two(high)} with 95% confidence.`;
}
