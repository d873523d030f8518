import { type Sight, unread } from '#libs/journal';
import type { Staff } from '#libs/platform';

/**
 * Which rows that an import set aside somebody sees: a data manager those of their council; an administrator those of which
 * nobody can tell whose they are, since somebody has to, and the fewer the better.
 */
export function rowsOf({ roles, authority }: Staff): Sight {
  const own = authority !== null && roles.includes('data_manager') ? [authority] : [];
  return roles.includes('administrator') ? [...own, unread] : own;
}
