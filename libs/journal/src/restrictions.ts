import { oftenAsked, type Tx } from './database.js';

/** Whom a record is open to from now on, as the service told that whose record it follows. */
export interface ToldRestriction {
  recordId: string;
  authority: string;
  at: string;
  /** None: it is not restricted any more. */
  names: readonly string[];
  /** Counts what was told of that record: the latest holds, in whatever order they come. */
  sequence: number;
}

/** From whom a record is kept from now on, or no more. */
export interface ToldKept {
  recordId: string;
  authority: string;
  at: string;
  staff: readonly string[];
  kept: boolean;
  /** As of a restriction: of each of them the latest holds. */
  sequence: number;
}

/** Somebody who is not named opened it, for a while. */
export interface ToldGlass {
  recordId: string;
  authority: string;
  at: string;
  by: string;
  until: string;
}

/** Takes over whom records are open to. */
export async function learnRestrictions(tx: Tx, told: readonly ToldRestriction[]): Promise<void> {
  const latest = new Map<string, ToldRestriction>();
  for (const one of told) if ((latest.get(one.recordId)?.sequence ?? 0) < one.sequence) latest.set(one.recordId, one);
  if (latest.size === 0) return;
  const heads = [...latest.values()];
  // The row of nobody says how far this has come; where it has come further, what is told now is left.
  const newer: { id: string }[] = await tx.query(
    `insert into restriction (record_id, named, authority, since, until, sequence)
     select record_id, '', authority, since, '-infinity', sequence from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[]) as told (record_id, authority, since, sequence)
     on conflict (record_id, named, kept) do update set sequence = excluded.sequence where restriction.sequence < excluded.sequence returning record_id as id`,
    [heads.map(({ recordId }) => recordId), heads.map(({ authority }) => authority), heads.map(({ at }) => at), heads.map(({ sequence }) => sequence)],
  );
  const rows = newer.flatMap(({ id }) => latest.get(id)!.names.map((named) => ({ ...latest.get(id)!, named })));
  await tx.query(`delete from restriction where record_id = any($1::uuid[]) and not kept and until is null`, [newer.map(({ id }) => id)]);
  await tx.query(
    `insert into restriction (record_id, named, authority, since, sequence) select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::int[])
     on conflict (record_id, named, kept) do update set since = excluded.since, until = null, sequence = excluded.sequence`,
    [rows.map(({ recordId }) => recordId), rows.map(({ named }) => named), rows.map(({ authority }) => authority), rows.map(({ at }) => at), rows.map(({ sequence }) => sequence)],
  );
}

/** Takes over from whom records are kept. */
export async function learnKept(tx: Tx, told: readonly ToldKept[]): Promise<void> {
  const latest = new Map<string, ToldKept & { id: string }>();
  for (const { id, ...one } of told.flatMap((each) => each.staff.map((id) => ({ ...each, id })))) {
    const key = `${one.recordId} ${id}`;
    if ((latest.get(key)?.sequence ?? 0) < one.sequence) latest.set(key, { ...one, id });
  }
  if (latest.size === 0) return;
  const rows = [...latest.values()].map(({ recordId, id, authority, at, kept, sequence }) => ({ record_id: recordId, named: id, authority, since: at, until: kept ? null : '-infinity', sequence, kept: true }));
  await tx.query(
    `insert into restriction as known select * from jsonb_populate_recordset(null::restriction, $1::jsonb) order by record_id, named
     on conflict (record_id, named, kept) do update set since = excluded.since, until = excluded.until, sequence = excluded.sequence where known.sequence < excluded.sequence`,
    [JSON.stringify(rows)],
  );
}

/** To whom a record is open: by name where it is restricted, to nobody else; and not to those from whom it is kept, named or not. */
export interface Openness {
  names: string[];
  keptFrom: string[];
}

export async function opennessOf(tx: Tx, recordId: string): Promise<Openness> {
  const rows: { named: string; kept: boolean }[] = await tx.query(`select named, kept from restriction where record_id = $1 and until is null order by named`, [recordId]);
  const of = (isKept: boolean): string[] => rows.filter(({ kept }) => kept === isKept).map(({ named }) => named);
  return { names: of(false), keptFrom: of(true) };
}

const byGlass = oftenAsked(
  `select exists (select from restriction where record_id = $1 and not kept and until is null)
     and exists (select from restriction where record_id = $1 and named = $2 and not kept and until > now()) as "isByGlass"`,
);

/** Whether a restricted record is open to somebody by a glass that they broke, and not by name. */
export async function isOpenByGlass(tx: Tx, recordId: string, id: string): Promise<boolean> {
  const [asked]: { isByGlass: boolean }[] = await tx.query(byGlass, [recordId, id]);
  return asked!.isByGlass;
}

/** Takes over who broke a glass. Whoever is named besides needs none. */
export async function learnGlass(tx: Tx, told: readonly ToldGlass[]): Promise<void> {
  if (told.length === 0) return;
  await tx.query(
    `insert into restriction as known (record_id, named, authority, since, until, sequence)
     select record_id, named, min(authority), max(since), max(until), 0 from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[]) as told (record_id, named, authority, since, until)
     group by record_id, named
     on conflict (record_id, named, kept) do update set since = greatest(known.since, excluded.since), until = greatest(known.until, excluded.until) where known.until is not null`,
    [told.map(({ recordId }) => recordId), told.map(({ by }) => by), told.map(({ authority }) => authority), told.map(({ at }) => at), told.map(({ until }) => until)],
  );
}
