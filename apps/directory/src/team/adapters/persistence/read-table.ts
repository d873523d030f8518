import type { Standing, Tx } from '#libs/journal';
import type { Team } from '../../domain/team.js';

/** Writes the rows of the read table `team`: a function of where each team stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Team>[]): Promise<void> {
  const rows = standings.flatMap(({ recordId, authority, state, sequence }) =>
    state.status === 'absent' ? [] : [{ id: recordId, authority, code: state.team.code, status: state.status, sequence }],
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into team select * from jsonb_to_recordset($1::jsonb) as row (id uuid, authority text, code text, status text, sequence int)
     on conflict (id) do update set (status, sequence) = (excluded.status, excluded.sequence)`,
    [JSON.stringify(rows)],
  );
}
