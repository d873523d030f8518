import type { Instant } from '#libs/calendar';
import type { Place } from '../../domain/cells.js';
import type { Subject } from '../../domain/definition.js';
import { ends, type Question } from '../../domain/question.js';
import type { Statement } from './measure.js';
import { Params, source } from './source.js';

interface Stock {
  readonly subject: Subject;
  /** When a case begins to be waiting. */
  readonly since: string;
  /** When it no longer is; null while it is. */
  readonly until: string;
  /** What else a case must be. */
  readonly only?: string;
  /** Further columns by which the cases are told apart. */
  readonly by?: Readonly<Record<string, string>>;
  /** Whether it is asked too since when the one has waited that has waited longest; what no longer waited at the first end is not looked at then. */
  readonly withOldest?: boolean;
}

export interface StockRow {
  authority: string;
  part: string | null;
  /** The first period at whose end it waits. */
  began: number;
  /** The first period after that at whose end it no longer does. */
  ended: number;
  cases: number;
  /** The moment since which the first of them has waited, where that was asked. */
  oldest?: Instant;
}

/** Counts the cases by the periods' ends between which they waited, so that one pass over them serves every period. */
export function countAtEnds({ subject, since, until, only, by = {}, withOldest = false }: Stock, question: Question): Statement {
  const params = new Params();
  const from = source(subject, question, params);
  const moments = ends(question);
  const all = `${params.add(moments)}::timestamptz[]`;
  const names = ['authority', 'part', 'began', 'ended', ...Object.keys(by)].join(', ');
  const further = Object.entries(by).map(([name, sql]) => `, ${sql} as ${name}`).join('');
  const oldest = withOldest ? `, to_char(min(since) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as oldest` : '';
  const still = withOldest ? ` and (${until} is null or ${until} >= ${params.add(moments[0])}::timestamptz)` : '';
  const text = `${from.with} select ${names}, count(*)::int as cases${oldest} from (
      select f.authority, ${from.part} as part, width_bucket(${since}, ${all}) as began,
        coalesce(width_bucket(${until}, ${all}), ${moments.length}) as ended${further}${withOldest ? `, ${since} as since` : ''}
      ${from.from} ${from.where}${only ? ` and ${only}` : ''} and ${since} < ${params.add(moments.at(-1))}::timestamptz${still}
    ) told where began < ended group by ${names}`;
  return { text, values: params.values };
}

/** Calls back for every period at whose end the row's cases waited. */
export function atEachEnd(row: StockRow, put: (place: Place) => void): void {
  for (let period = row.began; period < row.ended; period++) put({ authority: row.authority, part: row.part, period });
}
