import type { Tx } from '#libs/journal';

/** What the directory told of a place: that it is there, or that it should never have been recorded, which is its last word. */
export interface PlaceTold {
  id: string;
  authority: string;
  inError: boolean;
}

/** Keeps which places there are, in whatever order and however often it is told. */
export async function learnPlaces(tx: Tx, told: readonly PlaceTold[]): Promise<void> {
  await tx.query(
    `insert into known_place as known (id, authority, in_error)
     select id, authority, bool_or("inError") from jsonb_to_recordset($1::jsonb) as told (id uuid, authority text, "inError" boolean) group by id, authority order by id
     on conflict (id) do update set in_error = known.in_error or excluded.in_error`,
    [JSON.stringify(told)],
  );
}

/** Whether there is such a place among those of whom the transaction may see. */
export async function isKnownPlace(tx: Tx, id: string): Promise<boolean> {
  const [found]: { known: boolean }[] = await tx.query(`select exists (select from known_place where id = $1 and not in_error) as known`, [id]);
  return found!.known;
}
