import { z } from 'zod';
import { organisationKind } from '../codes.js';
import { envelope } from '../envelope.js';

/** A partner organisation is known. */
export const organisationRegisteredV1 = envelope('safeguarding.organisation.registered.v1', z.object({ kind: organisationKind }));
export type OrganisationRegisteredV1 = z.infer<typeof organisationRegisteredV1>;
