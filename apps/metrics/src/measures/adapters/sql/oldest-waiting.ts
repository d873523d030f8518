import { elapsedMicros, type Instant } from '#libs/calendar';
import { type Cell, Cells, type Figures } from '../../domain/cells.js';
import { dayMicros, twoDecimals } from '../../domain/exact.js';
import { ends, type Question } from '../../domain/question.js';
import type { Measure } from './measure.js';
import { atEachEnd, countAtEnds, type StockRow } from './stock.js';

/** How long the concern has waited that has waited longest. */
export const oldestWaiting: Measure = {
  key: 'oldest_waiting',
  title: 'The concern that has waited longest for triage',
  definition:
    'Of the concerns received and not decided when the period ended, or the as-of day within it, how long the one that had waited longest had done so: elapsed time from when it was received or, where its decision was reopened, from then, in days of 24 hours.',
  subject: 'concern',
  counts: [['waiting']],
  derived: { oldest_days: ['waiting'] },
  nothing: { waiting: 0, oldest_days: null },
  statement: (question) => countAtEnds({ subject: 'concern', since: 'f.waiting_from', until: 'f.decided_at', withOldest: true }, question),
  cells: waitingCells,
};

interface Held {
  waiting: number;
  since: Instant;
}

function waitingCells(rows: readonly Record<string, unknown>[], question: Question): Cell<Figures>[] {
  const moments = ends(question);
  const cells = new Cells<Held>();
  for (const row of rows as unknown as Required<StockRow>[]) {
    atEachEnd(row, (place) =>
      cells.putBoth(place, (held) => ({ waiting: (held?.waiting ?? 0) + row.cases, since: held && held.since < row.oldest ? held.since : row.oldest })),
    );
  }
  return cells.all.map(({ values: { waiting, since }, ...place }) => ({
    ...place,
    values: { waiting, oldest_days: twoDecimals(BigInt(elapsedMicros(since, moments[place.period]!)), dayMicros) },
  }));
}
