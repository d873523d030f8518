import { type Account, inventedAccountOf, inventedStaff, type Staff, staffMemberIdOf } from '#libs/platform';
import type { StaffRole } from '../staff/domain/codes.js';
import { teamIdOf, type TeamCode } from './invented-places.js';

/** What each kind of invented person is here; whoever stands for a partner is no member of staff. */
const work: Readonly<Record<string, { role: StaffRole; team?: TeamCode[] }>> = {
  triage: { role: 'triage_officer', team: ['safeguarding_assurance', 'safeguarding_assurance'] },
  manager: { role: 'manager', team: ['community_north', 'community_south'] },
  worker: { role: 'enquiry_worker', team: ['community_north', 'community_south'] },
  dols: { role: 'dols_administrator', team: ['dols', 'dols'] },
  bia: { role: 'best_interests_assessor', team: ['dols', 'dols'] },
  mha: { role: 'mental_health_assessor' },
  authoriser: { role: 'authoriser' },
  data: { role: 'data_manager' },
  board: { role: 'board_member' },
  auditor: { role: 'auditor' },
  administrator: { role: 'administrator' },
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

function memberOf({ id, name, role, authority: given }: Staff): InventedMember | undefined {
  const does = work[role];
  if (!does) return undefined;
  const account = inventedAccountOf(id);
  const authority = given ?? looksAfterTheBoard;
  const teamCode = does.team?.[id.endsWith('-1') ? 0 : 1];
  const teamId = teamCode && teamIdOf(authority, teamCode);
  return { recordId: staffMemberIdOf(account), account, actsAs: id, name, authority, role: { role: does.role, authority: given }, teamId, by: administratorFor(id, authority) };
}

function administratorFor(id: string, authority: string): string {
  const ours = inventedStaff.filter((one) => one.role === 'administrator' && one.authority === authority);
  return ours.find((one) => one.id !== id)!.id;
}
