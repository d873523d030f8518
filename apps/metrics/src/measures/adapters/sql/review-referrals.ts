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
    'Decisions on concerns made here in the period (those that an old system made are left out), and the concerns that these refer to the Safeguarding Adults Board for a Safeguarding Adult Review (Care Act 2014, section 44), each once, however often it was decided. ' +
    'Decisions that do not say whether they refer it are counted apart: it has to be said since 22 November 2026. What an enquiry or anybody else refers is not counted.',
  subject: 'concern',
  counts: [['decisions'], ['referred'], ['not_said']],
  derived: {},
  nothing: { decisions: 0, referred: 0, not_said: 0 },
  statement,
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};

function statement(question: Question): Statement {
  const params = new Params();
  const from = decisionsMadeHere(question, params);
  const { within, bucket } = inPeriods('t.decided_at', question, params);
  const place = `t.authority, ${from.part} as part, ${bucket} as bucket`;
  const made = `${from.from} ${from.where} and ${within}`;
  // Few are referred: to tell all concerns apart for them would take longer than all else.
  const text = `${from.with} select authority, part, bucket, sum(decisions)::int as decisions, sum(referred)::int as referred, sum(not_said)::int as not_said
    from (
      select ${place}, count(*) as decisions, 0 as referred, count(*) filter (where t.sar_referral is null) as not_said ${made} group by 1, 2, 3
      union all
      select authority, part, bucket, 0, count(*), 0 from (select distinct ${place}, t.id ${made} and t.sar_referral) concern group by 1, 2, 3
    ) counted group by 1, 2, 3`;
  return { text, values: params.values };
}
