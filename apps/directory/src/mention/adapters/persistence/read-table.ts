import type { Standing, Tx } from '#libs/journal';
import type { Mention } from '../../domain/mention.js';

/** Writes the rows of the read table `mention`: a function of where each name stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Mention>[]): Promise<void> {
  const rows = standings.flatMap(({ recordId, authority, state, sequence }) =>
    state.status === 'absent'
      ? []
      : [{ id: recordId, authority, file: state.mention.file, status: state.status, organisation_id: state.status === 'matched' ? state.organisationId : null, sequence }],
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into mention
     select * from jsonb_to_recordset($1::jsonb) as row (id uuid, authority text, file text, status text, organisation_id uuid, sequence int)
     on conflict (id) do update set (status, organisation_id, sequence) = (excluded.status, excluded.organisation_id, excluded.sequence)`,
    [JSON.stringify(rows)],
  );
}
