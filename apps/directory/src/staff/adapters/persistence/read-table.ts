import type { Standing, Tx } from '#libs/journal';
import type { StaffMember } from '../../domain/staff-member.js';

/** Writes the rows of the read table `staff_member`: a function of where everybody stands and nothing else. */
export async function project(tx: Tx, standings: Standing<StaffMember>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(
    `insert into staff_member
     select * from jsonb_to_recordset($1::jsonb) as row (id uuid, authority text, acts_as text, status text, roles text[], teams uuid[],
       leave jsonb, deputies jsonb, sequence int, sessions_ended_at timestamptz, views jsonb)
     on conflict (id) do update set (status, roles, teams, leave, deputies, sequence, sessions_ended_at, views) =
       (excluded.status, excluded.roles, excluded.teams, excluded.leave, excluded.deputies, excluded.sequence, excluded.sessions_ended_at, excluded.views)`,
    [JSON.stringify(rows)],
  );
}

function rowOf({ recordId, state, sequence }: Standing<StaffMember>): object | undefined {
  if (state.status === 'absent') return undefined;
  const { authority, actsAs, roles, teams, leave, deputies, sessionsEndedAt, views } = state.member;
  return { id: recordId, authority, acts_as: actsAs, status: state.status, roles: roles.map(({ role }) => role), teams, leave, deputies, sequence, sessions_ended_at: sessionsEndedAt, views };
}
