import { ServiceUnavailable } from '#libs/pages';

/** Says of a request that its service is away, for a page that keeps what was typed. */
export function unlessAway(error: unknown): 'away' {
  if (error instanceof ServiceUnavailable) return 'away';
  throw error;
}
