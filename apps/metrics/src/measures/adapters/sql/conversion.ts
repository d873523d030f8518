import type { Cell, Figures } from '../../domain/cells.js';
import { percent } from '../../domain/exact.js';
import { addUp, asOfEnd, type CountRow, countInPeriods } from './flow.js';
import type { Measure } from './measure.js';

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
  statement: (question) =>
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

function withRate(cell: Cell<Record<string, number>>): Cell<Figures> {
  const { concerns = 0, s42_enquiries = 0 } = cell.values;
  return { ...cell, values: { concerns, s42_enquiries, rate_percent: percent(s42_enquiries, concerns) } };
}
