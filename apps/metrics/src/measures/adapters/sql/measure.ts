import type { Cell, Figures } from '../../domain/cells.js';
import type { Question } from '../../domain/question.js';
import type { Subject } from './source.js';

export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** One measure, defined once: in words for whoever reads it, and in SQL. Every page, download and answer takes it from here. */
export interface Measure {
  readonly key: string;
  readonly title: string;
  readonly definition: string;
  readonly subject: Subject;
  /** Counts that are shown or held back together, since their sum is another count. */
  readonly counts: readonly (readonly string[])[];
  /** Figures that are worked out from counts, and held back with them. */
  readonly derived: Readonly<Record<string, readonly string[]>>;
  /** The figures of nothing. */
  readonly nothing: Figures;
  statement(question: Question): Statement;
  /** The cells that are not empty, for the asked authority or for every one and `all`. */
  cells(rows: readonly Record<string, unknown>[], question: Question): Cell<Figures>[];
}
