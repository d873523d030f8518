import type { Question } from '../../domain/question.js';
import { decisionsMadeHere } from './decisions.js';
import { addUp, asOfEnd, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params } from './source.js';

/** Each answer that is counted, with how it is recorded. */
const answers = { expressed: 'asked_and_expressed', declined: 'asked_not_expressed', could_not_ask: 'could_not_ask', not_asked: 'not_asked' };

/** Whether people were asked what they want before somebody decided about them. */
export const wishesAtTriage: Measure = {
  key: 'wishes_at_triage',
  title: 'What people want, when their concern is decided',
  definition:
    'Of the concerns whose decision as of the day asked for was made here in the period (those that an old system decided are left out), what was recorded by then of what the person wants: ' +
    'they were asked and said it, were asked and did not say, nobody could ask, or nobody asked; of the rest nothing was recorded. What was recorded after the decision does not change how it counts. ' +
    'A concern that was decided again counts by its latest decision alone.',
  subject: 'concern',
  counts: [['decided'], [...Object.keys(answers), 'not_recorded']],
  derived: {},
  nothing: { decided: 0, expressed: 0, declined: 0, could_not_ask: 0, not_asked: 0, not_recorded: 0 },
  statement,
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};

function statement(question: Question): Statement {
  const params = new Params();
  const from = decisionsMadeHere(question, params);
  const { within, bucket } = inPeriods('t.decided_at', question, params);
  const counts = Object.entries(answers).map(([name, code]) => `(count(*) filter (where t.wishes = '${code}'))::int as ${name}`);
  const others = Object.values(answers).map((code) => `'${code}'`).join(', ');
  const text = `${from.with} select t.authority, ${from.part} as part, ${bucket} as bucket, count(*)::int as decided, ${counts.join(', ')},
      (count(*) filter (where t.wishes is null or t.wishes not in (${others})))::int as not_recorded
    ${from.from} ${from.where} and ${within} and (t.replaced_at is null or t.replaced_at >= ${asOfEnd(question, params)}) group by 1, 2, 3`;
  return { text, values: params.values };
}
