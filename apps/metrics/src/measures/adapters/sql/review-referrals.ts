import type { Question } from '../../domain/question.js';
import { decisionsMadeHere } from './decisions.js';
import { addUp, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params } from './source.js';

/** What goes to the board for a Safeguarding Adult Review. */
export const reviewReferrals: Measure = {
  key: 'safeguarding_adult_review_referrals',
  title: 'Referred to the board for a Safeguarding Adult Review',
  definition:
    'Concerns decided here in the period (those that an old system decided are left out), and of these, those that a decision made in the period refers to the Safeguarding Adults Board for a Safeguarding Adult Review (Care Act 2014, section 44); ' +
    'each concern once, however often it was decided. Of the others, those of which no such decision says whether they are referred are counted apart: it has to be said since 22 November 2026. What an enquiry or anybody else refers is not counted.',
  subject: 'concern',
  counts: [['decided'], ['referred'], ['not_said']],
  derived: {},
  nothing: { decided: 0, referred: 0, not_said: 0 },
  statement,
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};

function statement(question: Question): Statement {
  const params = new Params();
  const from = decisionsMadeHere(question, params);
  const { within, bucket } = inPeriods('t.decided_at', question, params);
  const text = `${from.with} select authority, part, bucket, count(*)::int as decided, (count(*) filter (where referred))::int as referred, (count(*) filter (where referred is null))::int as not_said
    from (
      select t.authority, ${from.part} as part, ${bucket} as bucket, bool_or(t.sar_referral) as referred ${from.from} ${from.where} and ${within} group by 1, 2, 3, t.id
    ) concern group by 1, 2, 3`;
  return { text, values: params.values };
}
