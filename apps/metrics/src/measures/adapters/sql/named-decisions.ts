import type { Cell, Figures } from '../../domain/cells.js';
import type { Question } from '../../domain/question.js';
import { decisionsMadeHere } from './decisions.js';
import { addUp, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params } from './source.js';

/** Whether every decision has a person who made it. */
export const namedDecisions: Measure = {
  key: 'decisions_without_named_person',
  title: 'Decisions without a named person',
  definition:
    'Of the decisions on concerns made here in the period (those that an old system made are left out, since it may not tell who made them): how many were published without a person who made them. It should read 0. ' +
    'How enquiries were concluded and what was decided on DoLS requests is not counted. No figure is given for a period with decisions that were taken before this was kept, until the facts are rebuilt.',
  subject: 'concern',
  counts: [['decisions'], ['without_named_person']],
  derived: {},
  nothing: { decisions: 0, without_named_person: 0 },
  statement,
  cells: (rows) => addUp(rows as unknown as CountRow[]).all.map(withUnknown),
};

function statement(question: Question): Statement {
  const params = new Params();
  const from = decisionsMadeHere(question, params);
  const { within, bucket } = inPeriods('t.decided_at', question, params);
  const text = `${from.with} select t.authority, ${from.part} as part, ${bucket} as bucket, count(*)::int as decisions,
      (count(*) filter (where t.has_decider is null))::int as not_known, (count(*) filter (where not t.has_decider))::int as without_named_person
    ${from.from} ${from.where} and ${within} group by 1, 2, 3`;
  return { text, values: params.values };
}

/** How many are without is null where of some of them it is not known. */
function withUnknown(cell: Cell<Record<string, number>>): Cell<Figures> {
  const { decisions = 0, not_known = 0, without_named_person = 0 } = cell.values;
  return { ...cell, values: { decisions, without_named_person: not_known > 0 ? null : without_named_person } };
}
