import { RuleViolation } from '#libs/decider';
import { Conflict, NotFound } from '#libs/journal';
import { problemOf } from './problem.js';
import { logRefusal, Refused } from './refused.js';

/** Why one of several changes was not taken, as it would be answered alone. */
export interface Untaken {
  taken: false;
  id: string;
  status: number;
  detail: string;
  [more: string]: unknown;
}

/** Whether something was refused that others with it need not wait for. A race that was lost in the database is tried again whole. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof RuleViolation || error instanceof NotFound || error instanceof Refused || (error instanceof Conflict && error.sequence !== undefined);

export function untaken(id: string, error: unknown): Untaken {
  if (error instanceof Refused) logRefusal(error.refusal);
  const { type: _type, title: _title, ...problem } = problemOf(error);
  return { taken: false, id, ...problem };
}
