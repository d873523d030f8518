import { hash } from 'node:crypto';
import type { Bearer } from './bearer.js';

/** What a token was found to say. */
interface Judged {
  bearer: Bearer;
  /** Milliseconds of the clock on the wall, as the token has it. */
  expiresAt: number;
}

/** A key that the issuer takes back is heeded after this, however long the tokens live that were signed with it. */
const mostMs = 60_000;
const most = 10_000;

/**
 * The tokens that were judged in the last minute, since whoever works here sends the same with every request and checking
 * its signature takes longer than much of what they ask for. Only those that were good are remembered, by their digests.
 */
export class JudgedTokens {
  private readonly known = new Map<string, { bearer: Bearer; until: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Undefined for one that is to be judged anew. */
  find(token: string): Bearer | undefined {
    const found = this.known.get(digestOf(token));
    return found && this.now() < found.until ? found.bearer : undefined;
  }

  keep(token: string, { bearer, expiresAt }: Judged): Bearer {
    const digest = digestOf(token);
    this.known.delete(digest);
    this.known.set(digest, { bearer, until: Math.min(expiresAt, this.now() + mostMs) });
    // The first is the one that was judged the longest ago.
    for (const [oldest, { until }] of this.known) {
      if (this.known.size <= most && this.now() < until) break;
      this.known.delete(oldest);
    }
    return bearer;
  }
}

const digestOf = (token: string): string => hash('sha256', token, 'base64url');
