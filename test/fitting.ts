import { type Action, roleCodes, scopeOf } from '#libs/access';
import { inventedStaff } from '#libs/platform';

/** Somebody in the west whose right to do something reaches every record there; a triage officer where it needs no right. */
export function fitting(action: Action | undefined): string {
  const reaching = roleCodes.find((role) => action && ['any', 'every'].includes(scopeOf(action, role) ?? ''));
  return inventedStaff.find(({ roles }) => roles.includes(reaching ?? 'triage_officer'))!.id;
}
