import { z } from 'zod';
import { organisationKind } from '../codes.js';
import { envelope } from '../envelope.js';

/** A recorded fact was wrong; each field given replaces what was published before. */
export const organisationCorrectedV1 = envelope('safeguarding.organisation.corrected.v1', z.object({ kind: organisationKind.optional() }));
export type OrganisationCorrectedV1 = z.infer<typeof organisationCorrectedV1>;
