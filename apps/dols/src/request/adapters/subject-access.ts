import { because, type Flags, ofPerson } from '#libs/subject-access';
import { heldOf } from '../application/held.js';
import type { Request } from '../domain/state.js';

/** What the fields of a request say of others. */
const flags: Flags = {
  'RequestReceived.by': because.raiser,
  'RequestRestricted.why': because.source,
  'RequestKeptFrom.why': because.source,
  'RequestKeptFrom.reason': because.source,
  'KeptNoMore.reason': because.source,
  managingAuthority: because.raiser,
  representative: because.circle,
  source: because.circle,
  'WaitingContactRecorded.spokenTo': because.circle,
};

/** What a request tells about its person. */
export const heldInRequests = {
  held: heldOf,
  referenceOf: (state: Request): string => (state.status === 'absent' ? '' : state.details.reference),
  telling: { service: 'dols', record: 'dols_request', flags },
  find: ofPerson('dols_request'),
};
