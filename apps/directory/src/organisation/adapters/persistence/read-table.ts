import type { Standing, Tx } from '#libs/journal';
import type { Organisation } from '../../domain/organisation.js';

/** Writes the rows of the read table `organisation`: a function of where each organisation stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Organisation>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(
    `insert into organisation
     select * from jsonb_to_recordset($1::jsonb) as row (id uuid, authority text, kind text, status text, closed_on date, sequence int, partners text[])
     on conflict (id) do update set (kind, status, closed_on, sequence, partners) = (excluded.kind, excluded.status, excluded.closed_on, excluded.sequence, excluded.partners)`,
    [JSON.stringify(rows)],
  );
}

function rowOf({ recordId, authority, state, sequence }: Standing<Organisation>): object | undefined {
  if (state.status === 'absent') return undefined;
  const { kind, partners } = state.organisation;
  return { id: recordId, authority, kind, status: state.status, closed_on: state.status === 'closed' ? state.closedOn : null, sequence, partners: partners.map((one) => one.id) };
}
