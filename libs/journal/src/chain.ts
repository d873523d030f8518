import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Where the chain of every record begins. */
export const genesis: Buffer = Buffer.alloc(32);

export interface Link {
  id: string;
  recordId: string;
  sequence: number;
  contractSequence: number | null;
  type: string;
  authority: string | null;
  occurredAt: string;
  recordedAt: string;
  actor: string | null;
  data: object;
  traceparent: string | null;
  causationId: string | null;
}

/** SHA-256 over the hash before and the RFC 8785 form of what is stored: a changed row breaks its record's chain. */
export function linkHash(previous: Buffer, link: Link): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(canonicalize(link) ?? '')
    .digest();
}
