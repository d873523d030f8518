import { addUp, asOfEnd, type CountRow, countInPeriods } from './flow.js';
import type { Measure } from './measure.js';

/** How many of the concerns of a period nobody has decided: until then what became of them is not final. */
export const undecidedConcerns: Measure = {
  key: 'undecided_concerns',
  title: 'Concerns received and still undecided',
  definition:
    'Of the concerns received in the period, those that nobody had decided by the end of the as-of day. A concern whose decision was reopened is undecided again until it is decided again.',
  subject: 'concern',
  counts: [['concerns'], ['undecided']],
  derived: {},
  nothing: { concerns: 0, undecided: 0 },
  statement: (question) =>
    countInPeriods(
      {
        subject: 'concern',
        at: 'f.received_at',
        counts: (params) => {
          const end = asOfEnd(question, params);
          return {
            concerns: 'count(*) filter (where f.nth = 1)::int',
            undecided: `count(*) filter (where f.waiting_from < ${end} and (f.decided_at is null or f.decided_at >= ${end}))::int`,
          };
        },
      },
      question,
    ),
  cells: (rows) => addUp(rows as unknown as CountRow[]).all,
};
