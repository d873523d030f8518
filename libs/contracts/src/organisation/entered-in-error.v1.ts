import { z } from 'zod';
import { envelope } from '../envelope.js';

/** An organisation should never have been recorded. */
export const organisationEnteredInErrorV1 = envelope('safeguarding.organisation.entered-in-error.v1', z.object({}));
export type OrganisationEnteredInErrorV1 = z.infer<typeof organisationEnteredInErrorV1>;
