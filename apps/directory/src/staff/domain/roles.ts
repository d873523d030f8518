import type { GiveRole, TakeRole } from './staff-commands.js';
import type { StaffEvent } from './staff-events.js';
import type { Member, StaffMember } from './staff-state.js';
import { active, held, reasonOf, refuse } from './refuse.js';

/** Gives somebody one more role. Nobody gives themselves one. */
export function giveRole({ at, by, role, authority }: GiveRole, state: StaffMember): StaffEvent[] {
  const { member } = active(state);
  if (by === member.actsAs) refuse('staff-member/own-role', 'Nobody gives themselves a role. Another administrator has to.');
  if (role === 'board_member' && authority !== null) refuse('staff-member/board-has-no-authority', 'The board belongs to no authority: leave it out.');
  if (role !== 'board_member' && authority !== member.authority)
    refuse('staff-member/role-of-another-authority', 'A role holds in the authority whose administrators look after the person.');
  if (member.roles.some((one) => one.role === role)) return [];
  const given = { role, authority };
  return [{ type: 'RoleGiven', at, by, given, roles: [...member.roles, given] }];
}

/** Takes a role away; also from somebody who is disabled. */
export function takeRole({ at, by, role, isLastAdministrator, ...command }: TakeRole, state: StaffMember): StaffEvent[] {
  const { member } = held(state);
  const roles = member.roles.filter((one) => one.role !== role);
  if (roles.length === member.roles.length) return [];
  const reason = reasonOf(command.reason, 'Say why this role is taken away.');
  if (role === 'administrator') needsAnotherAdministrator(state, isLastAdministrator);
  return [{ type: 'RoleTaken', at, by, taken: role, roles, reason }];
}

/** Somebody must be left who can give roles. */
export function needsAnotherAdministrator(state: StaffMember, isLastAdministrator: boolean): void {
  if (isLastAdministrator && state.status === 'active' && isAdministrator(state.member))
    refuse('staff-member/last-administrator', 'Nobody else administers this authority. Give somebody else the role first.');
}

export const isAdministrator = ({ roles }: Member): boolean => roles.some(({ role }) => role === 'administrator');
