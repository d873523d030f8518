import type { Figures } from './cells.js';

/** What a case can be counted as. */
export type Subject = 'concern' | 'enquiry' | 'dols_request';

/** A measure in words, and which of its figures are counts. */
export interface Definition {
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
}
