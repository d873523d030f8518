import type { Instant } from '#libs/calendar';
import type { Sight } from '#libs/journal';
import type { Cell, Figures } from '../domain/cells.js';
import type { Definition } from '../domain/definition.js';
import type { Dimension, Question } from '../domain/question.js';

/** What the answers need of the facts. */
export abstract class FactReader {
  /** Every measure there is. */
  abstract readonly definitions: readonly Definition[];
  /** What a measure can be split by. */
  abstract dimensionsOf(measure: Definition): readonly Dimension[];
  /** Reads several things as they stood at one moment, of the authorities that are seen. */
  abstract together<Answer>(sight: Sight, read: (facts: Reading) => Promise<Answer>): Promise<Answer>;
}

/** Facts as they stand while somebody reads. */
export interface Reading {
  /** The cells of a measure that are not empty. */
  cells(key: string, question: Question): Promise<Cell<Figures>[]>;
  /** The authorities with a concern or a request received by the end of the day, as known. */
  authorities(question: Pick<Question, 'asOf'> & { knownAt: Instant | null }): Promise<string[]>;
}
