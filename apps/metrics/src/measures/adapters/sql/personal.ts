import { addUp, type CountRow, countInPeriods } from './flow.js';
import type { Measure } from './measure.js';
import { isTallied, tallyInPeriods } from './tally.js';

/** Each count with the letter by which the tally knows it. */
const letters = { concluded: '', not_asked: 'n', expressed: 'e', fully_or_partially_achieved: 'a', lacking_capacity: 'l', lacking_capacity_supported: 's' };

/** Whether people were asked what they want, and got it. */
export const makingSafeguardingPersonal: Measure = {
  key: 'making_safeguarding_personal',
  title: 'Making safeguarding personal',
  definition:
    'Section 42 enquiries concluded in the period; those where the person was not asked what they wanted (that answer alone, not “not known” or “not recorded”), ' +
    'those where outcomes were asked for and expressed and, of these, fully or partially achieved; those where the person lacked capacity and, of these, was supported by an advocate.',
  subject: 'enquiry',
  counts: Object.keys(letters).map((name) => [name]),
  derived: {},
  nothing: { concluded: 0, not_asked: 0, expressed: 0, fully_or_partially_achieved: 0, lacking_capacity: 0, lacking_capacity_supported: 0 },
  statement: (question) =>
    isTallied(question) ? tallyInPeriods('concluded', letters, question) : countInPeriods(
      {
        subject: 'enquiry',
        at: 'f.concluded_at',
        only: `f.kind = 's42'`,
        counts: () => ({
          concluded: 'count(*)::int',
          not_asked: where(`f.outcomes_asked = 'not_asked'`),
          expressed: where(expressed),
          fully_or_partially_achieved: where(`${expressed} and f.outcomes_achieved in ('fully_achieved', 'partially_achieved')`),
          lacking_capacity: where(lacking),
          lacking_capacity_supported: where(`${lacking} and f.advocate = 'yes'`),
        }),
      },
      question,
    ),
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};

const expressed = `f.outcomes_asked = 'asked_and_expressed'`;
const lacking = `f.mental_capacity = 'lacks_capacity'`;
const where = (condition: string) => `count(*) filter (where ${condition})::int`;
