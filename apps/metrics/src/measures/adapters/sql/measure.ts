import type { Cell, Figures } from '../../domain/cells.js';
import type { Definition } from '../../domain/definition.js';
import type { Question } from '../../domain/question.js';

export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** One measure, defined once: in words for whoever reads it, and in SQL. Every page, download and answer takes it from here. */
export interface Measure extends Definition {
  statement(question: Question): Statement;
  /** The cells that are not empty, for the asked authority or for every one and `all`. */
  cells(rows: readonly Record<string, unknown>[], question: Question): Cell<Figures>[];
}
