import { codes } from '#libs/contracts';
import { type Account, inventedAccountOf, inventedStaff, type Staff, staffMemberIdOf } from '#libs/platform';
import type { StaffRole } from '../staff/domain/codes.js';
import { teamIdOf, type TeamCode } from './invented-places.js';

/** In which team the first and the second of a role are; the others are in none. */
const teamsOf: Partial<Record<StaffRole, readonly [TeamCode, TeamCode]>> = {
  triage_officer: ['safeguarding_assurance', 'safeguarding_assurance'],
  manager: ['community_north', 'community_south'],
  enquiry_worker: ['community_north', 'community_south'],
  dols_administrator: ['dols', 'dols'],
  best_interests_assessor: ['dols', 'dols'],
};

/** The board belongs to no authority, but somebody has to look after its records. */
const looksAfterTheBoard = 'E06000062';

export interface InventedMember {
  recordId: string;
  account: Account;
  actsAs: string;
  name: string;
  authority: string;
  role: { role: StaffRole; authority: string | null };
  teamId: string | undefined;
  /** Who registers them: an administrator of their authority, and of two administrators each the other. */
  by: string;
}

export const inventedMembers: readonly InventedMember[] = inventedStaff.flatMap((staff) => memberOf(staff) ?? []);

/** Undefined for partners and members of the public, who are no members of staff. */
function memberOf({ id, name, roles, authority: given }: Staff): InventedMember | undefined {
  const { data: role } = codes.staffRole.safeParse(roles[0]);
  if (!role) return undefined;
  const account = inventedAccountOf(id);
  const authority = given ?? looksAfterTheBoard;
  const teamCode = teamsOf[role]?.[id.endsWith('-1') ? 0 : 1];
  const teamId = teamCode && teamIdOf(authority, teamCode);
  return { recordId: staffMemberIdOf(account), account, actsAs: id, name, authority, role: { role, authority: given }, teamId, by: administratorFor(id, authority) };
}

function administratorFor(id: string, authority: string): string {
  const ours = inventedStaff.filter((one) => one.roles.includes('administrator') && one.authority === authority);
  return ours.find((one) => one.id !== id)!.id;
}
