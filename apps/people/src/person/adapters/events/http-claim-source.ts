import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { codes, instant } from '#libs/contracts';
import { NotYet } from '#libs/messaging';
import { onceMore, type Peer } from '#libs/platform';
import { ClaimSource, type GivenClaim } from '../../application/claim-source.js';
import type { RecordKind } from '../../domain/parts.js';
import { RECEIVERS } from '../tokens.js';

const text = z.string().optional();
const claim = z.object({
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
const reply = z.object({ claims: z.array(claim) });

/** A transaction waits for the answers, so nobody may take long over one. */
const timeoutMs = 2_000;
/** The receiver itself is busy or away; 500 alone may be about one record. */
const awayStatuses = new Set([429, 502, 503, 504]);

/** Asks over HTTP. Whoever cannot answer just now is asked again later, for as long as it takes. */
@Injectable()
export class HttpClaimSource extends ClaimSource {
  constructor(@Inject(RECEIVERS) private readonly receivers: Readonly<Record<RecordKind, Peer>>) {
    super();
  }

  async ask(kind: RecordKind, recordIds: string[]): Promise<Map<string, GivenClaim>> {
    const answer = await this.post(this.receivers[kind], { ids: recordIds });
    const isForAll = awayStatuses.has(answer.status);
    if (isForAll || answer.status >= 500) throw new NotYet(`the receiver of a ${kind} could not say just now whom it is about`, { isForAll });
    if (!answer.ok) throw new Error(`the receiver of a ${kind} answered ${answer.status} when it was asked whom it is about`);
    const { claims } = reply.parse(await answer.json());
    return new Map(claims.map((one) => [one.recordId, one]));
  }

  private async post({ url, signing }: Peer, body: object): Promise<Response> {
    try {
      const asking = { method: 'POST', headers: { 'content-type': 'application/json', ...(await signing()) }, body: JSON.stringify(body) };
      return await onceMore(() => fetch(`${url}/internal/claims`, { ...asking, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) }));
    } catch (error) {
      throw new NotYet('the receiver of a record cannot be reached', { cause: error, isForAll: true });
    }
  }
}
