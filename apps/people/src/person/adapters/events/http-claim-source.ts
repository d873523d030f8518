import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { codes, instant } from '#libs/contracts';
import { NotYet } from '#libs/messaging';
import { onceMore } from '#libs/platform';
import { ClaimSource, type GivenClaim } from '../../application/claim-source.js';
import type { RecordKind } from '../../domain/parts.js';
import { RECORD_URLS } from '../tokens.js';

const text = z.string().optional();
const reply = z.object({
  recordId: z.uuid(),
  recordKind: z.enum(['concern', 'dols_request']),
  authority: z.string(),
  receivedAt: instant,
  person: z.object({
    givenName: text,
    familyName: text,
    dateOfBirth: text,
    nhsNumber: text,
    address: text,
    postcode: text,
    gender: codes.gender.optional(),
    ethnicity: codes.ethnicity.optional(),
    primarySupportReason: codes.primarySupportReason.optional(),
  }),
});

/** A transaction waits for the answers, so nobody may take long over one. */
const timeoutMs = 2_000;
/** The receiver itself is busy or away; 500 alone may be about this one record. */
const awayStatuses = new Set([429, 502, 503, 504]);

/** Asks over HTTP. Whoever cannot answer just now is asked again later, for as long as it takes. */
@Injectable()
export class HttpClaimSource extends ClaimSource {
  constructor(@Inject(RECORD_URLS) private readonly urls: Readonly<Record<RecordKind, string>>) {
    super();
  }

  async ask(kind: RecordKind, recordId: string): Promise<GivenClaim> {
    const answer = await this.fetch(`${this.urls[kind]}/internal/claims/${recordId}`);
    const isForAll = awayStatuses.has(answer.status);
    if (isForAll || answer.status >= 500) throw new NotYet(`${kind} could not say just now whom it is about`, { isForAll });
    if (!answer.ok) throw new Error(`${kind} answered ${answer.status} when it was asked whom it is about`);
    return reply.parse(await answer.json());
  }

  private async fetch(url: string): Promise<Response> {
    try {
      return await onceMore(() => fetch(url, { signal: AbortSignal.timeout(timeoutMs) }));
    } catch (error) {
      throw new NotYet('the receiver of a record cannot be reached', { cause: error, isForAll: true });
    }
  }
}
