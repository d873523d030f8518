import type { Instant } from '#libs/calendar';
import type { Characteristics, RecordKind } from '../domain/parts.js';
import type { GivenIdentity } from './held-identity.js';

export type GivenPerson = GivenIdentity & Partial<{ [K in keyof Omit<Characteristics, 'localArea'>]: Characteristics[K] | undefined }>;

/** What the receiver of a record was told about its person. */
export interface GivenClaim {
  recordId: string;
  recordKind: RecordKind;
  authority: string;
  receivedAt: Instant;
  person: GivenPerson;
}

/** Asks the services that received something what they were told about their people. */
export abstract class ClaimSource {
  /** By record, at most 100 at once; a record that its receiver does not know, or whose claim it let go, is absent. */
  abstract ask(kind: RecordKind, recordIds: string[]): Promise<Map<string, GivenClaim>>;
}
