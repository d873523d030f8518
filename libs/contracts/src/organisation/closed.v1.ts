import { z } from 'zod';
import { day, envelope } from '../envelope.js';

/** A partner organisation is no more. */
export const organisationClosedV1 = envelope('safeguarding.organisation.closed.v1', z.object({ closedOn: day }));
export type OrganisationClosedV1 = z.infer<typeof organisationClosedV1>;
