import { codes, type DataOf } from '#libs/contracts';
import { publishing } from '#libs/journal';
import { contract, nothing } from '../../../published.js';
import type { HeldRole, StaffEvent } from '../../domain/staff-member.js';

const rolesChanged = ({ roles }: { roles: HeldRole[] }) => contract('safeguarding.staff-member.roles-changed.v1', { roles: roles.map(roleOf) });
const teamsChanged = ({ teams }: { teams: string[] }) => contract('safeguarding.staff-member.teams-changed.v1', { teams });
const leaveChanged = ({ leave }: DataOf<'safeguarding.staff-member.leave-changed.v1'>) => contract('safeguarding.staff-member.leave-changed.v1', { leave });
const deputiesChanged = ({ deputies }: DataOf<'safeguarding.staff-member.deputies-changed.v1'>) => contract('safeguarding.staff-member.deputies-changed.v1', { deputies });

/** What other services learn of the staff. */
export const publish = publishing<StaffEvent>({
  StaffMemberRegistered: ({ actsAs }) => contract('safeguarding.staff-member.registered.v1', { actsAs }),
  RoleGiven: rolesChanged,
  RoleTaken: rolesChanged,
  TeamJoined: teamsChanged,
  TeamLeft: teamsChanged,
  LeaveRecorded: leaveChanged,
  LeaveCancelled: leaveChanged,
  DeputyAppointed: deputiesChanged,
  DeputyEnded: deputiesChanged,
  ViewSaved: nothing,
  ViewForgotten: nothing,
  StaffMemberDisabled: () => contract('safeguarding.staff-member.disabled.v1', {}),
  StaffMemberEnabled: () => contract('safeguarding.staff-member.enabled.v1', {}),
  SessionsEnded: () => contract('safeguarding.staff-member.sessions-ended.v1', {}),
  StaffMemberCorrected: nothing,
  EnteredInErrorProposed: nothing,
  EnteredInErrorDeclined: nothing,
  StaffMemberEnteredInError: () => contract('safeguarding.staff-member.entered-in-error.v1', {}),
});

const roleOf = ({ role, authority }: HeldRole): DataOf<'safeguarding.staff-member.roles-changed.v1'>['roles'][number] => ({
  role,
  authority: authority === null ? null : codes.authority.parse(authority),
});
