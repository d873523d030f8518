import type { Role } from '#libs/access';
import type { Tx } from '#libs/journal';
import { KEPT_FOR_THE_PERSON, type KeptForPerson } from '#libs/restriction';

/** A kind of record that can be restricted, as its read tables know it. */
export interface RestrictedTable {
  /** Its own, with the columns `id`, `authority`, `status`, `reference`, `received_at` and `person_id`. */
  table: string;
  /** Of which others about the same person inherit. */
  statuses: readonly string[];
  /** Of whoever may open any of them, whoever has them or not: one that is open to nobody of these could be worked on by nobody. */
  roles: readonly Role[];
  /** Of whoever may go on with one that waits: somebody of these has to be left whom it is open to. */
  goOn: readonly Role[];
  /** Of whoever may say whom it is open to, and that it need not be kept from somebody any more. */
  managers: readonly Role[];
  /** The readings by which somebody has opened one. */
  opened: readonly string[];
}

/** A record, and whom it is found to be about. */
export interface About {
  recordId: string;
  personId: string;
  authority: string;
  /** Of records about them that another service holds. */
  elsewhere?: Openness;
}

/** Somebody, by ids that all stand for them, as records of one authority may be about them. */
export interface OnePerson {
  people: readonly string[];
  authority: string;
}

/** Those who are the same as each of whom is asked (`place`), joined ones included, as `one (place, id)`. */
const everyone = `
  led as (
    select place, person_id as start, person_id as id, 0 as steps from asked
    union all
    select led.place, led.start, alias.into_id, led.steps + 1 from led join alias on alias.person_id = led.id where alias.into_id is not null and led.steps < 100
  ), one as (
    (select distinct on (place, start) place, id from led order by place, start, steps desc)
    union
    select one.place, alias.person_id from one join alias on alias.into_id = one.id
  )`;

/** Everybody by every id under which a record may know them: of those who were joined, all. */
export async function underEveryId(tx: Tx, some: readonly Pick<About, 'personId' | 'authority'>[]): Promise<OnePerson[]> {
  const rows: { place: number; ids: string[] }[] = await tx.query(
    `with recursive asked as (select * from unnest($1::uuid[]) with ordinality as asked (person_id, place)), ${everyone}
     select place::int, array_agg(id order by id) as ids from one group by place`,
    [some.map(({ personId }) => personId)],
  );
  const ids = new Map(rows.map((row) => [row.place, row.ids]));
  return some.map(({ personId, authority }, at) => ({ people: ids.get(at + 1) ?? [personId], authority }));
}

/** Of records about somebody: who is named in those that are restricted and sees them, and from whom any are kept for that person's sake. */
export interface Openness {
  /** Whether any is restricted, also where nobody is left of those who were named. */
  isRestricted: boolean;
  names: readonly string[];
  kept: readonly KeptForPerson[];
}

export const OPEN: Openness = { isRestricted: false, names: [], kept: [] };

/** That of records of this kind about each of these, with the same authority; whether they still work here or not. */
export async function opennessAbout(tx: Tx, some: readonly OnePerson[], { table, statuses }: Pick<RestrictedTable, 'table' | 'statuses'>): Promise<Openness[]> {
  const [any]: { found: boolean }[] = await tx.query(`select exists (select from restriction where until is null and authority = any($1)) as found`, [some.map(({ authority }) => authority)]);
  if (!any?.found) return some.map(() => OPEN);
  const each = some.flatMap(({ people, authority }, place) => people.map((personId) => ({ place, personId, authority })));
  const rows: ({ place: number } & Openness)[] = await tx.query(
    `with recursive asked as (select * from unnest($1::int[], $2::uuid[], $3::text[]) as asked (place, person_id, authority)), ${everyone}
     select place, bool_or(not its.kept) as "isRestricted", coalesce(array_agg(distinct its.named) filter (where not its.kept and keeping.named is null), '{}') as names,
       coalesce(jsonb_agg(distinct jsonb_build_object('id', its.named, 'why', its.why)) filter (where its.kept and its.why = any($5)), '[]') as kept
     from one join (select distinct place, authority from asked) whose using (place)
     join ${table} other on other.person_id = one.id and other.authority = whose.authority and other.status = any($4)
     join restriction its on its.record_id = other.id and its.until is null
     left join restriction keeping on keeping.record_id = its.record_id and keeping.named = its.named and keeping.kept and keeping.until is null
     group by place`,
    [each.map(({ place }) => place), each.map(({ personId }) => personId), each.map(({ authority }) => authority), statuses, KEPT_FOR_THE_PERSON],
  );
  const found = new Map(rows.map(({ place, ...openness }) => [place, openness]));
  return some.map((_, at) => found.get(at) ?? OPEN);
}

/** What a record inherits; what is left out, it does not. */
export interface Inherited {
  restrictedTo?: readonly string[];
  keptFrom?: readonly KeptForPerson[];
}

/**
 * To whom the restricted records are open that are about the same people as these, with the same authority; by record. Of
 * those who are named, whoever works here still; the managers where nobody does who could work on it, or it would be open to
 * nobody who could be asked. And from whom others are kept for the person's sake, whether they work here or not: they may again.
 */
export async function inheritedOf(tx: Tx, about: readonly About[], kind: RestrictedTable): Promise<Map<string, Inherited>> {
  const here = await opennessAbout(tx, about.map(({ personId, authority }) => ({ people: [personId], authority })), kind);
  const found = about.map(({ recordId, authority, elsewhere = OPEN }, at) => ({
    id: recordId,
    authority,
    isRestricted: here[at]!.isRestricted || elsewhere.isRestricted,
    names: [...new Set([...here[at]!.names, ...elsewhere.names])],
    kept: [...here[at]!.kept, ...elsewhere.kept],
  }));
  const named = await workingHere(tx, found.filter(({ isRestricted }) => isRestricted), kind);
  return new Map(found.flatMap(({ id, kept }) => {
    const names = named.get(id);
    return names === undefined && kept.length === 0 ? [] : [[id, { ...(names && { restrictedTo: names }), ...(kept.length > 0 && { keptFrom: kept }) }] as const];
  }));
}

async function workingHere(tx: Tx, found: readonly { id: string; authority: string; names: readonly string[]; kept: readonly { id: string }[] }[], kind: RestrictedTable): Promise<Map<string, string[]>> {
  if (found.length === 0) return new Map();
  const rows: { id: string; names: string[] | null }[] = await tx.query(
    `select id, coalesce(
       (select array_agg(acts_as) from known_staff where acts_as = any(found.names) and acts_for = found.authority and status = 'active' having bool_or(roles && $2 and acts_as <> all(found.kept))),
       (select array_agg(acts_as) from known_staff where 'manager' = any(roles) and acts_for = found.authority and status = 'active' and acts_as <> all(found.kept)),
       (select array_agg(acts_as) from known_staff where roles && $2 and acts_for = found.authority and status = 'active' and acts_as <> all(found.kept)),
       nullif(names, '{}')) as names
     from jsonb_to_recordset($1::jsonb) as found (id uuid, authority text, names text[], kept text[])`,
    [JSON.stringify(found.map(({ kept, ...one }) => ({ ...one, kept: kept.map(({ id }) => id) }))), kind.roles],
  );
  return new Map(rows.flatMap(({ id, names }) => (names ? [[id, names] as const] : [])));
}

/** Whom a restricted record is open to by name, as far as they work for its authority now as one of these. */
export async function namedHere(tx: Tx, recordId: string, roles: readonly Role[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `select named as id from restriction join known_staff on acts_as = named and acts_for = restriction.authority and status = 'active' and roles && $2 where record_id = $1 and not kept and until is null
       and not exists (select from restriction keeping where keeping.record_id = restriction.record_id and keeping.named = restriction.named and keeping.kept and keeping.until is null)`,
    [recordId, roles],
  );
  return rows.map(({ id }) => id);
}

/** Who works for an authority now as one of these. */
export async function workingAs(tx: Tx, authority: string | null, roles: readonly Role[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(`select distinct acts_as as id from known_staff where acts_for = $1 and status = 'active' and roles && $2 and acts_as is not null`, [authority, roles]);
  return rows.map(({ id }) => id);
}
