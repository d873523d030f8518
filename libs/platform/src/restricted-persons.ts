import type { Role } from '#libs/access';
import type { Tx } from '#libs/journal';

/** A kind of record that can be restricted, as its read tables know it. */
export interface RestrictedTable {
  /** Its own, with the columns `id`, `authority`, `status`, `reference`, `received_at` and `person_id`. */
  table: string;
  /** Of which others about the same person inherit. */
  statuses: readonly string[];
  /** Of whoever may open any of them, whoever has them or not: one that is open to nobody of these could be worked on by nobody. */
  roles: readonly Role[];
  /** The readings by which somebody has opened one. */
  opened: readonly string[];
}

/** A record, and whom it is found to be about. */
export interface About {
  recordId: string;
  personId: string;
  authority: string;
}

/**
 * To whom the restricted records are open that are about the same people as these, joined ones included, with the same
 * authority; by record. Of those who are named, whoever works here still; the managers where nobody does who could work on
 * it, or it would be open to nobody who could be asked.
 */
export async function restrictedTo(tx: Tx, about: readonly About[], { table, statuses, roles }: RestrictedTable): Promise<Map<string, string[]>> {
  const [any]: { found: boolean }[] = await tx.query(`select exists (select from restriction where until is null and authority = any($1)) as found`, [about.map(({ authority }) => authority)]);
  if (!any?.found) return new Map();
  const rows: { id: string; names: string[] }[] = await tx.query(
    `with recursive asked as (
       select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as asked (record_id, person_id, authority)
     ), led as (
       select record_id, person_id as id, 0 as steps from asked
       union all
       select led.record_id, alias.into_id, led.steps + 1 from led join alias on alias.person_id = led.id where alias.into_id is not null and led.steps < 100
     ), one as (
       (select distinct on (record_id) record_id, id from led order by record_id, steps desc)
       union
       select one.record_id, alias.person_id from one join alias on alias.into_id = one.id
     ), found as (
       select asked.record_id as id, asked.authority, array_agg(distinct restriction.named) as names from asked join one using (record_id)
       join ${table} other on other.person_id = one.id and other.authority = asked.authority and other.id <> asked.record_id and other.status = any($4)
       join restriction on restriction.record_id = other.id and restriction.until is null
       group by asked.record_id, asked.authority
     )
     select id, coalesce(
       (select array_agg(acts_as) from known_staff where acts_as = any(found.names) and acts_for = found.authority and status = 'active' having bool_or(roles && $5)),
       (select array_agg(acts_as) from known_staff where 'manager' = any(roles) and acts_for = found.authority and status = 'active'),
       names) as names
     from found`,
    [about.map(({ recordId }) => recordId), about.map(({ personId }) => personId), about.map(({ authority }) => authority), statuses, roles],
  );
  return new Map(rows.map(({ id, names }) => [id, names]));
}

/** Whom a restricted record is open to by name, as far as they work for its authority now, and can work on it. */
export async function namedHere(tx: Tx, recordId: string, { roles }: Pick<RestrictedTable, 'roles'>): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `select named as id from restriction join known_staff on acts_as = named and acts_for = restriction.authority and status = 'active' and roles && $2 where record_id = $1 and until is null`,
    [recordId, roles],
  );
  return rows.map(({ id }) => id);
}
