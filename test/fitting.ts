import { type Action, roleCodes, scopeOf } from '#libs/access';
import { inventedStaff, operator } from '#libs/platform';

/**
 * Somebody in the west whose right to do something reaches every record there; the operator for what is between services,
 * and a triage officer for what is anybody's.
 */
export function fitting(path: string, action: Action | undefined): string {
  if (path.startsWith('/internal') && !action) return operator.id;
  const reaching = roleCodes.find((role) => action && ['any', 'every'].includes(scopeOf(action, role) ?? ''));
  return inventedStaff.find(({ roles }) => roles.includes(reaching ?? 'triage_officer'))!.id;
}
