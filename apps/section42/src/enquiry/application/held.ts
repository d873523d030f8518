import type { Held } from '#libs/access';
import type { Standing } from '#libs/journal';
import type { Enquiry } from '../domain/enquiry.js';

/** What the right to an enquiry depends on. Whom it is about its concern knows, and not this service. */
export const heldOf = ({ authority }: Standing<Enquiry>): Held => ({ authority });
