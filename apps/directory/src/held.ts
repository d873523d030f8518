import type { Held } from '#libs/access';
import type { Standing } from '#libs/journal';

/** What the right to a record of the directory depends on: whose it is. */
export const heldOf = ({ authority }: Pick<Standing<unknown>, 'authority'>): Held => ({ authority });
