import { z } from 'zod';
import { barChart, count, monthInWords } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { share } from '../report.js';
import { spanInWords } from './months.js';

const figures = z.object({ decisions: z.number(), without_named_person: z.number().nullable() });

/** Whether every decision has a named person, by the month of the decision, as the metrics service tells it. */
export const namedShape = z.object({ periods: z.array(z.object({ name: z.string(), figures })) });
export type Named = z.infer<typeof namedShape>;

/** Whether somebody decided every concern: no rule, time-out or check ever ends one. */
export function named({ periods }: Named): MeasureView {
  const decisions = periods.reduce((total, one) => total + one.figures.decisions, 0);
  const without = sumOf(periods.map((one) => one.figures.without_named_person));
  const decided = periods.filter(({ figures }) => figures.decisions > 0).map(({ name, figures: { decisions: made, without_named_person: lacking } }) => {
    const having = lacking === null ? null : made - lacking;
    return { label: monthInWords(name), value: share(having, made), text: known(having, (number) => `${number} of ${made}`) };
  });
  return {
    key: 'decisions_without_named_person',
    heading: 'Whether every decision has a named person',
    takeaway: takeaway(decisions, without),
    tile: { label: 'Decisions without a named person', figure: known(without, String), note: `of ${count(decisions, 'decision')} made here, ${spanInWords(periods)}; it should read 0` },
    charts: [
      barChart({
        id: 'decisions-named',
        title: 'With a named person, by the month of the decision',
        description: decided.map(({ label, text }) => `${label}: ${text}`).join('; ') || 'No data.',
        unit: 'percent',
        atLeast: 100,
        bars: decided,
      }),
    ],
    caution: 'Decisions that an old system made are left out: it may not tell who made them.',
    table: {
      caption: 'Decisions made here in each month, and how many have no named person',
      columns: [
        { code: 'month', heading: 'Month of the decision' },
        { code: 'decisions', heading: 'Decisions' },
        { code: 'without_named_person', heading: 'Without a named person' },
      ],
      rows: periods.map(({ name, figures: { decisions: made, without_named_person } }) => ({ name: monthInWords(name), code: name, values: [made, without_named_person] })),
    },
    published: [],
  };
}

/** Null where one of them is not known. */
const sumOf = (values: readonly (number | null)[]): number | null => values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);

function takeaway(decisions: number, without: number | null): string {
  if (decisions === 0) return 'No decision was made here in these twelve months.';
  if (without === null) return 'Of some of these decisions it is not known yet whether a person is named who made them: the facts have to be rebuilt.';
  if (without === 0) return `${decisions === 1 ? 'The one decision' : `Each of the ${count(decisions, 'decision')}`} made here in these twelve months has a named person.`;
  return `${without} of the ${count(decisions, 'decision')} made here in these twelve months ${without === 1 ? 'has' : 'have'} no named person: somebody has to find out why.`;
}
