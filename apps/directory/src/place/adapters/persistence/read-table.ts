import type { Standing, Tx } from '#libs/journal';
import type { Place } from '../../domain/place.js';

/** Writes the rows of the read table `place`: a function of where each place stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Place>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  await tx.query(
    `insert into place
     select * from jsonb_to_recordset($1::jsonb) as row (id uuid, authority text, cqc_location_id text, setting text, local_area text,
       organisation_id uuid, status text, closed_on date, sequence int)
     on conflict (id) do update set (cqc_location_id, setting, local_area, organisation_id, status, closed_on, sequence) =
       (excluded.cqc_location_id, excluded.setting, excluded.local_area, excluded.organisation_id, excluded.status, excluded.closed_on,
        excluded.sequence)`,
    [JSON.stringify(rows)],
  );
}

function rowOf({ recordId, authority, state, sequence }: Standing<Place>): object | undefined {
  if (state.status === 'absent') return undefined;
  const { cqcLocationId, setting, localArea, organisationId } = state.place;
  return {
    id: recordId,
    authority,
    cqc_location_id: cqcLocationId,
    setting,
    local_area: localArea,
    organisation_id: organisationId,
    status: state.status,
    closed_on: state.status === 'closed' ? state.closedOn : null,
    sequence,
  };
}
