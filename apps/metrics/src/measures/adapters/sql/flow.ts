import { endOfDay } from '#libs/calendar';
import { type Cell, Cells, type Figures, plus } from '../../domain/cells.js';
import type { Subject } from '../../domain/definition.js';
import { bounds, type Question } from '../../domain/question.js';
import { Params, source } from './source.js';
import type { Statement } from './measure.js';

interface Flow {
  readonly subject: Subject;
  /** The moment that puts a case into a period. */
  readonly at: string;
  /** What else a case must be. */
  readonly only?: string;
  /** Counts by their name, as SQL. */
  counts(params: Params): Readonly<Record<string, string>>;
}

/** Counts what happened in each period. */
export function countInPeriods(flow: Flow, question: Question): Statement {
  const params = new Params();
  const from = source(flow.subject, question, params);
  const { within, bucket } = inPeriods(flow.at, question, params);
  const counts = Object.entries(flow.counts(params)).map(([name, sql]) => `${sql} as ${name}`);
  const text = `${from.with} select f.authority, ${from.part} as part, ${bucket} as bucket, ${counts.join(', ')}
    ${from.from} ${from.where}${flow.only ? ` and ${flow.only}` : ''} and ${within} group by 1, 2, 3`;
  return { text, values: params.values };
}

/**
 * The condition that a moment lies between the first period's beginning and the last one's end, and the bucket it falls into:
 * `2i + 1` is period `i`, an even one lies between two periods.
 */
export function inPeriods(at: string, question: Question, params: Params): { within: string; bucket: string } {
  const limits = bounds(question);
  const all = params.add(limits);
  const [first, last] = [params.add(limits[0]), params.add(limits.at(-1))];
  return {
    within: `${at} >= ${first}::timestamptz and ${at} < ${last}::timestamptz`,
    bucket: `width_bucket(${at}, ${all}::timestamptz[])`,
  };
}

export const periodOf = (bucket: number): number | undefined => (bucket % 2 === 1 ? (bucket - 1) / 2 : undefined);

export interface CountRow {
  authority: string;
  part: string | null;
  bucket: number;
}

/** The cells of rows that were added up already, `all` among the authorities. */
export function cellsOf<Row extends CountRow>(rows: readonly Row[], figures: (row: Row) => Figures): Cell<Figures>[] {
  return rows.flatMap((row) => {
    const period = periodOf(row.bucket);
    return period === undefined ? [] : [{ authority: row.authority, part: row.part, period, values: figures(row) }];
  });
}

/** Adds the rows of `countInPeriods` up, for each authority and for all. */
export function addUp(rows: readonly CountRow[]): Cells<Record<string, number>> {
  const cells = new Cells<Record<string, number>>();
  for (const { authority, part, bucket, ...counts } of rows) {
    const period = periodOf(bucket);
    if (period !== undefined) cells.putBoth({ authority, part, period }, (held) => plus(held, counts as Record<string, number>));
  }
  return cells;
}

/** The placeholder of the moment at which the as-of day ends. */
export const asOfEnd = ({ asOf }: Question, params: Params): string => `${params.add(endOfDay(asOf))}::timestamptz`;
