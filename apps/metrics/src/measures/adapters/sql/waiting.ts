import { Cells, type Figures, plus } from '../../domain/cells.js';
import type { Measure } from './measure.js';
import { atEachEnd, countAtEnds, type StockRow } from './stock.js';
import { isTallied, tallyAtEnds } from './tally.js';

/** Adds stock rows up under one name. */
const waitingAs = (name: string) => (rows: readonly Record<string, unknown>[]) => {
  const cells = new Cells<Record<string, number>>();
  for (const row of rows as unknown as StockRow[]) {
    atEachEnd(row, (place) => cells.putBoth(place, (held) => plus(held, { [name]: row.cases })));
  }
  return cells.all;
};

const nothing: Figures = { waiting: 0 };

/** Concerns that nobody has decided. */
export const awaitingTriage: Measure = {
  key: 'awaiting_triage',
  title: 'Concerns awaiting triage',
  definition:
    'Concerns received and not decided when the period ended, whenever they were received. A concern whose decision was reopened waits again until it is decided again.',
  subject: 'concern',
  counts: [['waiting']],
  derived: {},
  nothing,
  statement: (question) =>
    isTallied(question) ? tallyAtEnds('awaiting', question) : countAtEnds({ subject: 'concern', since: 'f.waiting_from', until: 'f.decided_at' }, question),
  cells: waitingAs('waiting'),
};

/** Enquiries that nobody has. */
export const unallocatedEnquiries: Measure = {
  key: 'unallocated_enquiries',
  title: 'Section 42 enquiries not yet allocated',
  definition:
    'Section 42 enquiries opened and not yet allocated to anybody when the period ended. An enquiry counts from when it was opened, whenever its concern was decided; ' +
    'one that was opened by a decision alone counts like any other. The queue of unallocated enquiries can be longer: it also holds other enquiries, and those whose worker has left or may not open them any more.',
  subject: 'enquiry',
  counts: [['waiting']],
  derived: {},
  nothing,
  statement: (question) =>
    isTallied(question)
      ? tallyAtEnds('unallocated', question)
      : countAtEnds({ subject: 'enquiry', since: 'f.opened_at', until: 'f.allocated_at', only: `f.kind = 's42'` }, question),
  cells: waitingAs('waiting'),
};
