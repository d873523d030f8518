import { z } from 'zod';
import { barChart, count, decimal, monthInWords, whole } from '#libs/pages';
import { known, type MeasureView } from '../measure-view.js';
import { share } from '../report.js';
import { spanInWords } from './months.js';

const answers = {
  expressed: 'Asked, and said what they want',
  declined: 'Asked, and did not say',
  could_not_ask: 'Nobody could ask',
  not_asked: 'Not asked',
  not_recorded: 'Nothing recorded',
};
/** As short as the chart has room for. */
const short = { expressed: 'Asked, and said', declined: 'Asked, did not say', could_not_ask: 'Nobody could ask', not_asked: 'Not asked', not_recorded: 'Nothing recorded' };
type Answer = keyof typeof answers;
const names = Object.keys(answers) as Answer[];

const figures = z.object({ decided: z.number(), expressed: z.number(), declined: z.number(), could_not_ask: z.number(), not_asked: z.number(), not_recorded: z.number() });

/** What was recorded of what people want, by the month of the decision, as the metrics service tells it. */
export const wishesShape = z.object({ periods: z.array(z.object({ name: z.string(), figures })) });
export type Wishes = z.infer<typeof wishesShape>;

const percent = (value: number): string => `${decimal(value)}%`;

/** Whether people were asked what they want before somebody decided about them. */
export function wishes({ periods }: Wishes): MeasureView {
  const sum = (...of: (Answer | 'decided')[]): number => periods.reduce((total, one) => of.reduce((more, name) => more + one.figures[name], total), 0);
  const [decided, asked] = [sum('decided'), sum('expressed', 'declined')];
  const months = periods.filter((one) => one.figures.decided > 0).map(({ name, figures: { expressed, declined, decided: all } }) => ({ label: monthInWords(name), asked: expressed + declined, all }));
  return {
    key: 'wishes_at_triage',
    heading: 'What people want, when their concern is decided',
    takeaway: decided === 0
      ? 'No concern was decided here in these twelve months.'
      : `Of the ${count(decided, 'concern')} decided here in these twelve months, the person was asked what they want in ${whole(asked)} (${known(share(asked, decided), percent)}) and said it in ${whole(sum('expressed'))}. In ${whole(sum('could_not_ask'))} nobody could ask, and in ${whole(sum('not_asked'))} nobody did.`,
    tile: { label: 'Asked before the decision', figure: known(share(asked, decided), percent), note: `of ${count(decided, 'concern')} decided here, ${spanInWords(periods)}; nobody could ask in ${whole(sum('could_not_ask'))}, nobody did in ${whole(sum('not_asked'))}` },
    charts: [
      barChart({
        id: 'wishes-answers',
        title: 'Concerns decided here, twelve months',
        description: names.map((name) => `${answers[name]}: ${sum(name)}`).join('; '),
        unit: 'number',
        bars: names.map((name) => ({ label: short[name], value: sum(name) })),
      }),
      barChart({
        id: 'wishes-asked',
        title: 'Asked, by the month of the decision',
        description: months.map((one) => `${one.label}: ${one.asked} of ${one.all}`).join('; ') || 'No data.',
        unit: 'percent',
        atLeast: 100,
        bars: months.map(({ label, asked: some, all }) => ({ label, value: share(some, all) })),
      }),
    ],
    caution: 'Before “nobody could ask” could be chosen it was recorded as “not asked”. Decisions that an old system made are left out.',
    table: {
      caption: 'Concerns decided here in each month, and what was recorded by then of what the person wants',
      columns: [{ code: 'month', heading: 'Month of the decision' }, { code: 'decided', heading: 'Decided' }, ...names.map((name) => ({ code: name, heading: answers[name] }))],
      rows: periods.map((one) => ({ name: monthInWords(one.name), code: one.name, values: [one.figures.decided, ...names.map((name) => one.figures[name])] })),
    },
    published: [],
  };
}
