import type { Standing, Tx } from '#libs/journal';
import type { Concern } from '../../domain/concern.js';

interface Row {
  record_id: string;
  named: string;
  authority: string;
  since: string;
  until: string | null;
}

/** Writes the rows of the read table `restriction`: whom each of these concerns is open to, by name or by a broken glass, and nobody besides. */
export async function projectRestrictions(tx: Tx, standings: Standing<Concern>[]): Promise<void> {
  const ever = standings.filter(({ state }) => state.status !== 'absent' && state.story.glass !== undefined);
  if (ever.length === 0) return;
  await tx.query(
    `with now as (
       select record_id, named, authority, since, until from jsonb_to_recordset($2::jsonb) as row (record_id uuid, named text, authority text, since timestamptz, until timestamptz)),
     left_out as (delete from restriction where record_id = any($1::uuid[]) and (record_id, named) not in (select record_id, named from now))
     insert into restriction (record_id, named, authority, since, until, sequence) select record_id, named, authority, since, until, 0 from now
     on conflict (record_id, named) do update set (authority, since, until, sequence) = (excluded.authority, excluded.since, excluded.until, excluded.sequence)`,
    [ever.map(({ recordId }) => recordId), JSON.stringify(ever.flatMap(rowsOf))],
  );
}

function rowsOf({ recordId, authority, state }: Standing<Concern>): Row[] {
  if (state.status === 'absent') return [];
  const { restriction, glass = [] } = state.story;
  const head = { record_id: recordId, authority: authority! };
  const named = (restriction?.names ?? []).map((name) => ({ ...head, named: name, since: restriction!.at, until: null }));
  return [...named, ...glass.filter(({ by }) => !restriction?.names.includes(by)).map(({ at, by, until }) => ({ ...head, named: by, since: at, until }))];
}
