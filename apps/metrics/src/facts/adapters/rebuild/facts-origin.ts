import type { OwnToken } from '#libs/identity';
import { connectClient, patientMs } from '#libs/journal';
import { type Peer, peerOf } from '#libs/platform';
import { config } from '../../../config.js';
import type { Connect } from './shadow.js';

/** Where facts are drawn up from, and how the role that does so signs in. */
export abstract class FactsOrigin {
  abstract readonly connect: Connect;
  abstract readonly publishers: readonly Peer[];
}

export const factsOrigin = (ownToken: OwnToken): FactsOrigin => ({
  connect: (name) => connectClient({ url: config.DATABASE_MAINTAIN_URL, name: `metrics-${name}`, connectMs: patientMs }),
  publishers: [config.PEOPLE_URL, config.TRIAGE_URL, config.SECTION42_URL, config.DOLS_URL].map((url) => peerOf(url, ownToken)),
});
