import type { Question } from '../../domain/question.js';
import { cellsOf, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { knownAt, Params, source } from './source.js';

interface Row extends CountRow {
  decisions: number;
  /** Null where of some of them it is not known. */
  without_named_person: number | null;
}

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
  cells: (rows) => cellsOf(rows as unknown as Row[], ({ decisions, without_named_person }) => ({ decisions, without_named_person })),
};

function statement(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params);
  const { within, bucket } = inPeriods('t.decided_at', question, params);
  const text = `${from.with} select coalesce(authority, 'all') as authority, part, bucket, count(*)::int as decisions,
      case when count(*) = count(has_decider) then count(*) filter (where not has_decider)::int end as without_named_person
    from (
      select f.authority, ${from.part} as part, ${bucket} as bucket, t.has_decider
      ${from.from} join telling_fact t on t.id = f.id and t.nth = f.nth and ${knownAt(question, params)('t')} ${from.where} and ${within}
    ) decided
    where bucket % 2 = 1 group by grouping sets ((authority, part, bucket), (part, bucket))`;
  return { text, values: params.values };
}
