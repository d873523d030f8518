import { ServiceUnavailable } from '#libs/pages';

/** No answer came from a service. `unsent`: nothing can have come to it; `unclear`: it may have done what was asked. */
export type Away = 'unsent' | 'unclear';

/** Says of a request that its service is away, for a page that keeps what was typed. */
export function unlessAway(error: unknown): Away {
  if (error instanceof ServiceUnavailable) return error.isUnsent ? 'unsent' : 'unclear';
  throw error;
}

export const isAway = (answer: unknown): answer is Away => answer === 'unsent' || answer === 'unclear';
