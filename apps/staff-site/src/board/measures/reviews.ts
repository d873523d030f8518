import { z } from 'zod';
import { barChart, count, whole } from '#libs/pages';
import type { MeasureView } from '../measure-view.js';

const figures = z.object({ decisions: z.number(), referred: z.number(), not_said: z.number() });

/** What goes to the Safeguarding Adults Board for a review, by the financial year of the decision, as the metrics service tells it. */
export const reviewsShape = z.object({ periods: z.array(z.object({ name: z.string(), to: z.string(), figures })) });
export type Reviews = z.infer<typeof reviewsShape>;

/** What is asked for: the financial year of the day and the two before it. */
export function threeYears({ asOf, authority }: { asOf: string; authority: string }): Record<string, string> {
  const first = Number(asOf.slice(0, 4)) - (asOf.slice(5) < '04-01' ? 3 : 2);
  return { authority, as_of: asOf, every: 'year', from: `${first}-04-01`, to: asOf };
}

/** How many decisions say whether: earlier ones were made before it was asked. */
const saying = ({ figures: { decisions, not_said } }: Reviews['periods'][number]): number => decisions - not_said;

const yearSoFar = ({ name, to }: Reviews['periods'][number]): string => `${name}${to.endsWith('-03-31') ? '' : ' so far'}`;

/** How many concerns go to the board for a Safeguarding Adult Review. */
export function reviews({ periods }: Reviews): MeasureView {
  const last = periods.at(-1);
  return {
    key: 'safeguarding_adult_review_referrals',
    heading: 'Referred for a Safeguarding Adult Review',
    takeaway: takeaway(last),
    charts: [
      barChart({
        id: 'review-referrals',
        title: 'Referred to the Safeguarding Adults Board',
        description: periods.map((one) => `${yearSoFar(one)}: ${saying(one) === 0 ? 'not said' : `${one.figures.referred} of ${saying(one)}`}`).join('; ') || 'No data.',
        unit: 'number',
        bars: periods.map((one) => ({ label: yearSoFar(one), value: saying(one) === 0 ? null : one.figures.referred })),
      }),
    ],
    caution: 'Concerns that whoever decided them referred. What an enquiry or anybody else refers is not counted, nor what an old system decided.',
    table: {
      caption: 'Decisions made here in each financial year, and the concerns that they refer',
      columns: [
        { code: 'year', heading: 'Financial year' },
        { code: 'decisions', heading: 'Decisions' },
        { code: 'referred', heading: 'Concerns referred for a review' },
        { code: 'not_said', heading: 'Not said' },
      ],
      rows: periods.map((one) => ({ name: yearSoFar(one), code: one.name, values: [one.figures.decisions, one.figures.referred, one.figures.not_said] })),
    },
    published: [],
  };
}

function takeaway(last: Reviews['periods'][number] | undefined): string {
  if (!last || last.figures.decisions === 0) return `No concern was decided here in ${last ? yearSoFar(last) : 'these years'}.`;
  const { decisions, referred, not_said } = last.figures;
  if (saying(last) === 0) return `None of the ${count(decisions, 'decision')} made here in ${yearSoFar(last)} says whether it was referred to the Safeguarding Adults Board for a Safeguarding Adult Review.`;
  const unsaid = not_said > 0 ? `; ${whole(not_said)} more ${not_said === 1 ? 'does' : 'do'} not say` : '';
  const referring = referred === 0 ? 'no concern was' : `${count(referred, 'concern')} ${referred === 1 ? 'was' : 'were'}`;
  return `By the ${count(saying(last), 'decision')} made here in ${yearSoFar(last)} that ${saying(last) === 1 ? 'says' : 'say'} so or not, ${referring} referred to the Safeguarding Adults Board for a Safeguarding Adult Review${unsaid}.`;
}
