import type { Standing, Tx } from '#libs/journal';
import { namedIn, type Restrictable } from '#libs/restriction';

interface Row {
  record_id: string;
  named: string;
  authority: string;
  since: string;
  until: string | null;
}

/** Writes the rows of the read table `restriction`: whom each of these records is open to, by name or by a broken glass, and nobody besides. */
export async function projectRestrictions<State>(tx: Tx, standings: Standing<State>[], restrictable: (state: State) => Restrictable | undefined): Promise<void> {
  const ever = standings.flatMap(({ recordId, authority, state }) => {
    const record = restrictable(state);
    return record?.glass === undefined ? [] : [{ recordId, rows: rowsOf({ record_id: recordId, authority: authority! }, record) }];
  });
  if (ever.length === 0) return;
  await tx.query(
    `with now as (
       select record_id, named, authority, since, until from jsonb_to_recordset($2::jsonb) as row (record_id uuid, named text, authority text, since timestamptz, until timestamptz)),
     left_out as (delete from restriction where record_id = any($1::uuid[]) and (record_id, named) not in (select record_id, named from now))
     insert into restriction (record_id, named, authority, since, until, sequence) select record_id, named, authority, since, until, 0 from now
     on conflict (record_id, named) do update set (authority, since, until, sequence) = (excluded.authority, excluded.since, excluded.until, excluded.sequence)`,
    [ever.map(({ recordId }) => recordId), JSON.stringify(ever.flatMap(({ rows }) => rows))],
  );
}

function rowsOf(head: Pick<Row, 'record_id' | 'authority'>, record: Restrictable): Row[] {
  const names = namedIn(record);
  const named = names.map((name) => ({ ...head, named: name, since: record.restriction!.at, until: null }));
  return [...named, ...(record.glass ?? []).filter(({ by }) => !names.includes(by)).map(({ at, by, until }) => ({ ...head, named: by, since: at, until }))];
}
