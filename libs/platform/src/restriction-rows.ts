import type { Standing, Tx } from '#libs/journal';
import type { Restrictable } from '#libs/restriction';

interface Row {
  record_id: string;
  named: string;
  authority: string;
  since: string;
  until: string | null;
  kept: boolean;
  /** Why it is kept from them. */
  why: string | null;
}

/** Writes the rows of the read table `restriction`: whom each of these records is open to, by name or by a broken glass, and nobody besides; and from whom it is kept. */
export async function projectRestrictions<State>(tx: Tx, standings: Standing<State>[], restrictable: (state: State) => Restrictable | undefined): Promise<void> {
  const ever = standings.flatMap(({ recordId, authority, state }) => {
    const record = restrictable(state);
    return record?.glass === undefined && record?.keptFrom === undefined ? [] : [{ recordId, rows: rowsOf({ record_id: recordId, authority: authority! }, record) }];
  });
  if (ever.length === 0) return;
  await tx.query(
    `with now as (
       select record_id, named, authority, since, until, kept, why from jsonb_to_recordset($2::jsonb) as row (record_id uuid, named text, authority text, since timestamptz, until timestamptz, kept boolean, why text)),
     left_out as (delete from restriction where record_id = any($1::uuid[]) and (record_id, named, kept) not in (select record_id, named, kept from now))
     insert into restriction (record_id, named, authority, since, until, sequence, kept, why) select record_id, named, authority, since, until, 0, kept, why from now
     on conflict (record_id, named, kept) do update set (authority, since, until, sequence, why) = (excluded.authority, excluded.since, excluded.until, excluded.sequence, excluded.why)`,
    [ever.map(({ recordId }) => recordId), JSON.stringify(ever.flatMap(({ rows }) => rows))],
  );
}

/** Whom it is kept from stays named where they are: once it is kept from them no more, it is open to them as it was. */
function rowsOf(its: Pick<Row, 'record_id' | 'authority'>, { restriction, glass = [], keptFrom = [] }: Restrictable): Row[] {
  const [names, head] = [restriction?.names ?? [], { ...its, kept: false, why: null }];
  return [
    ...names.map((name) => ({ ...head, named: name, since: restriction!.at, until: null })),
    ...glass.filter(({ by }) => !names.includes(by)).map(({ at, by, until }) => ({ ...head, named: by, since: at, until })),
    ...keptFrom.map(({ id, why, at }) => ({ ...head, named: id, since: at, until: null, kept: true, why })),
  ];
}
