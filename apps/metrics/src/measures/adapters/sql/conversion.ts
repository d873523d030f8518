import type { Cell, Figures } from '../../domain/cells.js';
import { percent } from '../../domain/exact.js';
import type { Question } from '../../domain/question.js';
import { addUp, asOfEnd, type CountRow, countInPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { after, isOfMonths, isTallied, Tally } from './tally.js';

/** How many concerns became section 42 enquiries. */
export const conversion: Measure = {
  key: 'conversion',
  title: 'Concerns that became section 42 enquiries',
  definition:
    'Of the concerns received in the period, those whose latest decision as of the day asked for is a section 42 enquiry, and how many in a hundred they are. ' +
    'Councils differ in what they count as a concern, so the rate does not compare between them.',
  subject: 'concern',
  counts: [['concerns'], ['s42_enquiries']],
  derived: { rate_percent: ['concerns', 's42_enquiries'] },
  nothing: { concerns: 0, s42_enquiries: 0, rate_percent: null },
  statement: (question) => tallied(question) ??
    countInPeriods(
      {
        subject: 'concern',
        at: 'f.received_at',
        counts: (params) => {
          const end = asOfEnd(question, params);
          return {
            concerns: 'count(*) filter (where f.nth = 1)::int',
            s42_enquiries: `count(*) filter (where f.outcome = 's42_enquiry' and f.decided_at < ${end} and (f.replaced_at is null or f.replaced_at >= ${end}))::int`,
          };
        },
      },
      question,
    ),
  cells: (rows) => addUp(rows as unknown as CountRow[]).all.map(withRate),
};

/** Decisions are counted by the month in which their concern was received, each from its day on. */
function tallied(question: Question): Statement | undefined {
  const byReferrer = question.splitBy === 'referrer_type';
  if (!isTallied({ ...question, splitBy: byReferrer ? null : question.splitBy }) || !isOfMonths(question)) return undefined;
  const tally = new Tally(question);
  const [concerns, s42] = byReferrer ? ['concerns_by_referrer', 's42_enquiries_by_referrer'] : ['concerns', 's42_enquiries'];
  const [received, receivedIn] = [tally.inPeriods('day'), tally.inPeriods('month')];
  return tally.statement(
    `select authority, ${byReferrer ? 'part' : 'null::text as part'}, bucket, sum(concerns)::int as concerns, sum(s42_enquiries)::int as s42_enquiries
     from (
       select authority, part, ${received.bucket} as bucket, cases as concerns, 0 as s42_enquiries from tally where ${tally.of(concerns!)} and ${received.within}
       union all
       select authority, part, ${receivedIn.bucket}, 0, cases from tally where ${tally.of(s42!)} and ${receivedIn.within} and day < ${tally.params.add(after(question.asOf))}::date
     ) told group by 1, 2, 3 having sum(concerns) > 0`,
  );
}

function withRate(cell: Cell<Record<string, number>>): Cell<Figures> {
  const { concerns = 0, s42_enquiries = 0 } = cell.values;
  return { ...cell, values: { concerns, s42_enquiries, rate_percent: percent(s42_enquiries, concerns) } };
}
