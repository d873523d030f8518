import { inOneGo, oftenAsked, type Standing, type Tx } from '#libs/journal';
import type { Person } from '../../domain/state.js';

interface Row {
  person_id: string;
  status: string;
  gender: string | null;
  ethnicity: string | null;
  primary_support_reason: string | null;
  local_area: string | null;
  joined_into: string | null;
  sequence: number;
  let_go_at: string | null;
}

const writing = oftenAsked(`
insert into person (person_id, status, gender, ethnicity, primary_support_reason, local_area, joined_into, sequence, let_go_at)
select person_id, status, gender, ethnicity, primary_support_reason, local_area, joined_into, sequence, let_go_at
from jsonb_to_recordset($1::jsonb) as row (person_id uuid, status text, gender text, ethnicity text,
  primary_support_reason text, local_area text, joined_into uuid, sequence int, let_go_at timestamptz)
on conflict (person_id) do update set (status, gender, ethnicity, primary_support_reason, local_area, joined_into, sequence, let_go_at) =
  (excluded.status, excluded.gender, excluded.ethnicity, excluded.primary_support_reason, excluded.local_area,
   excluded.joined_into, excluded.sequence, excluded.let_go_at)`);

const naming = oftenAsked(`insert into person_authority (person_id, authority) select * from unnest($1::uuid[], $2::text[]) on conflict do nothing`);

/** Writes the read tables `person` and `person_authority`: a function of where each person stands and nothing else. */
export async function project(tx: Tx, standings: Standing<Person>[]): Promise<void> {
  const rows = standings.flatMap((standing) => rowOf(standing) ?? []);
  if (rows.length === 0) return;
  const known = standings.flatMap(({ recordId, state }) =>
    'authorities' in state ? state.authorities.map((authority) => ({ recordId, authority })) : [],
  );
  await inOneGo(tx, [
    () => tx.query(writing, [JSON.stringify(rows)]),
    () => (known.length === 0 ? undefined : tx.query(naming, [known.map((one) => one.recordId), known.map((one) => one.authority)])),
  ]);
}

function rowOf({ recordId, state, sequence }: Standing<Person>): Row | undefined {
  if (state.status === 'absent') return undefined;
  const counted = state.status === 'disposed' ? null : state.characteristics;
  return {
    person_id: recordId,
    status: state.status,
    gender: counted?.gender ?? null,
    ethnicity: counted?.ethnicity ?? null,
    primary_support_reason: counted?.primarySupportReason ?? null,
    local_area: counted?.localArea ?? null,
    joined_into: state.status === 'joined' ? state.into : null,
    sequence,
    let_go_at: state.status === 'disposed' ? null : state.letGoAt,
  };
}
