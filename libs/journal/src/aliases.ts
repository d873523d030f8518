import type { Tx } from './database.js';

export interface AliasChange {
  personId: string;
  /** Null when they were separated again. */
  into: string | null;
  /** The person record's contract sequence: the latest holds, in whatever order they come. */
  sequence: number;
}

/** Remembers who was joined into whom. */
export async function learnAliases(tx: Tx, changes: AliasChange[]): Promise<void> {
  const latest = new Map<string, AliasChange>();
  for (const change of changes) {
    if ((latest.get(change.personId)?.sequence ?? 0) < change.sequence) latest.set(change.personId, change);
  }
  const rows = [...latest.values()];
  if (rows.length === 0) return;
  await tx.query(
    `insert into alias (person_id, into_id, sequence) select * from unnest($1::uuid[], $2::uuid[], $3::int[])
     on conflict (person_id) do update set into_id = excluded.into_id, sequence = excluded.sequence
     where alias.sequence < excluded.sequence`,
    [rows.map((row) => row.personId), rows.map((row) => row.into), rows.map((row) => row.sequence)],
  );
}

/** Begins a statement with everybody who is the same as this person, joined in either direction, as `one (id)`. */
export const withSamePerson = (person: string): string => `
with recursive led as (
  select ${person}::uuid as id, 0 as steps
  union all
  select alias.into_id, led.steps + 1 from led join alias on alias.person_id = led.id where alias.into_id is not null and led.steps < 100
), one as (
  (select id from led order by steps desc limit 1)
  union
  select alias.person_id from one join alias on alias.into_id = one.id
)`;

/** Whom these pseudonyms stand for today, chains of joins followed; one that was never joined stands for itself. */
export async function resolveAliases(tx: Tx, personIds: string[]): Promise<Map<string, string>> {
  const rows: { from_id: string; into_id: string }[] = await tx.query(
    `with recursive led as (
       select id as from_id, id as into_id, 0 as steps from unnest($1::uuid[]) id
       union all
       select led.from_id, alias.into_id, led.steps + 1 from led join alias on alias.person_id = led.into_id
       where alias.into_id is not null and led.steps < 100
     )
     select distinct on (from_id) from_id, into_id from led order by from_id, steps desc`,
    [personIds],
  );
  return new Map(rows.map((row) => [row.from_id, row.into_id]));
}
