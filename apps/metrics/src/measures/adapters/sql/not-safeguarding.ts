import { codes } from '#libs/contracts';
import { addUp, asOfEnd, type CountRow, countInPeriods } from './flow.js';
import type { Measure } from './measure.js';

const reasons = codes.notSafeguardingReason.options;
const none = Object.fromEntries(reasons.map((reason) => [reason, 0]));

const counted = (condition: string): string => `count(*) filter (where ${condition})::int`;

/** Why concerns came to no enquiry. */
export const notSafeguarding: Measure = {
  key: 'not_safeguarding_reasons',
  title: 'Why concerns were not safeguarding matters',
  definition:
    'Of the concerns received in the period, those whose latest decision as of the day asked for is no enquiry, neither under section 42 nor another, and which reason that decision gives why it was not a safeguarding matter. ' +
    'It gives none where it was one and the duty to enquire did not apply, or where an old system did not say.',
  subject: 'concern',
  counts: [['concerns'], ['no_enquiry'], [...reasons, 'none_given']],
  derived: {},
  nothing: { concerns: 0, no_enquiry: 0, ...none, none_given: 0 },
  statement: (question) =>
    countInPeriods(
      {
        subject: 'concern',
        at: 'f.received_at',
        counts: (params) => {
          const end = asOfEnd(question, params);
          const noEnquiry = `f.outcome not in ('s42_enquiry', 'other_enquiry') and f.decided_at < ${end} and (f.replaced_at is null or f.replaced_at >= ${end})`;
          return {
            concerns: counted('f.nth = 1'),
            no_enquiry: counted(noEnquiry),
            ...Object.fromEntries(reasons.map((reason) => [reason, counted(`${noEnquiry} and f.not_safeguarding_reason = '${reason}'`)])),
            none_given: counted(`${noEnquiry} and f.not_safeguarding_reason is null`),
          };
        },
      },
      question,
    ),
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};
