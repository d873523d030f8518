import type { Instant } from '#libs/calendar';
import { amongSeen, type ClosedReason, NoKey, openReason, reasonOf, type Tx } from '#libs/journal';
import { vaultOf } from './database.js';
import { LISTS, LISTS_LIKE } from './reading.js';

/** The indexes by which an auditor asks. Run by SERVICE_migrate within its schema. */
export const readingsIndexes = `
create index read_audit_page on read_audit (authority, id);
create index read_audit_time on read_audit (authority, read_at);
create index read_audit_record on read_audit using gin (record_ids);
`;

/**
 * Who read one record: those whose people read it, and, where it is theirs, whoever did. It looks on behalf of those whom
 * the transaction was told of, past the policies, since by an index of arrays PostgreSQL finds nothing under a policy.
 * Run by SERVICE_migrate within its schema.
 */
export const readingsOfRecord = (service: string): string => `
create function readings_of_record(asked uuid) returns setof read_audit language sql stable security definer set search_path = ${service}, pg_temp as $$
  select * from read_audit where record_ids @> array[asked]
  and (${amongSeen('authority')} or exists (select from journal where record_id = asked and ${amongSeen('journal.authority')}))
$$;
revoke all on function readings_of_record from public;
grant execute on function readings_of_record to ${service}_app;
`;

/** What is asked about; times from and before. */
export interface ReadingsAsked {
  authority: string;
  /** Who asks. */
  by: string;
  record?: string | undefined;
  who?: string | undefined;
  from?: Instant | undefined;
  until?: Instant | undefined;
  /** The reading after which a page begins. */
  after?: number | undefined;
  limit: number;
}

export interface ReadingTold {
  id: number;
  at: Instant;
  who: string;
  what: string;
  why: string | null;
  records: string[];
}

/** What a council's own people read, the latest first; of a record of that council's, what anybody read. Which records are kept from whoever asks it does not tell, nor why they were read. */
export async function readingsOf(tx: Tx, { authority, by, record, who, from, until, after, limit }: ReadingsAsked): Promise<ReadingTold[]> {
  const values: unknown[] = [authority];
  const given = (value: unknown, condition: (place: string) => string): string[] => (value === undefined ? [] : [condition(`$${values.push(value)}`)]);
  const source = record === undefined ? 'read_audit' : `readings_of_record($${values.push(record)}) as read_audit`;
  const conditions = [
    // Of a record the function says whose readings are told.
    record === undefined ? 'authority = $1' : '$1::text is not null',
    ...given(who, (place) => `actor = ${place}`),
    ...given(from, (place) => `read_at >= ${place}`),
    ...given(until, (place) => `read_at < ${place}`),
    ...given(after, (place) => `id < ${place}`),
  ];
  const rows: (ReadingTold & ClosedReason)[] = await tx.query(
    `select id, read_at as at, actor as who, what, why, record_ids as records, text_id as "textId", cipher
     from ${source} ${reasonOf('read_audit')}
     where ${conditions.join(' and ')} order by id desc limit $${values.push(limit)}`,
    values,
  );
  const kept = await keptAmong(tx, rows.flatMap(({ records }) => records), by);
  if (record !== undefined && kept.has(record)) return [];
  return rows.map(({ textId, cipher, ...row }) =>
    row.records.some((id) => kept.has(id)) ? { ...row, why: null, records: row.records.filter((id) => !kept.has(id)) } : { ...row, why: row.why ?? wordsOf(tx, { textId, cipher }) });
}

/** Which of these records are kept from somebody; none where a service keeps no record of which that can be said. */
async function keptAmong(tx: Tx, recordIds: readonly string[], somebody: string): Promise<ReadonlySet<string>> {
  const [table]: { isThere: boolean }[] = await tx.query(`select to_regclass('restriction') is not null as "isThere"`);
  if (!table!.isThere) return new Set();
  const rows: { id: string }[] = await tx.query(`select record_id as id from restriction where record_id = any($1::uuid[]) and named = $2 and kept and until is null`, [[...new Set(recordIds)], somebody]);
  return new Set(rows.map(({ id }) => id));
}

/** What somebody spoiled keeps nobody from reading the rest. */
function wordsOf(tx: Tx, closed: ClosedReason): string | null {
  try {
    return openReason(vaultOf(tx), closed);
  } catch (error) {
    if (!(error instanceof NoKey)) throw error;
    return '(cannot be read: somebody changed it)';
  }
}

/** Searches for people, as what was read is called: by which kinds of words, and whether that was the surname or the postcode of whoever searched. */
function search(like = ''): string {
  return `what like 'person search by %${like}%'`;
}

/** Readings in which somebody opened one record, and no page that lists some. */
const opening = `cardinality(record_ids) = 1 and what not like all (array[${[...LISTS, ...LISTS_LIKE].map((what) => `'${what}'`).join(', ')}])`;

/** A stretch of time of one council's. */
export interface OddAsked {
  authority: string;
  from: Instant;
  until: Instant;
}

/** Who opened more records within an hour of the clock than a case needs, one by one: pages that list many do not count. */
export function manyInAnHour(tx: Tx, { authority, from, until }: OddAsked, moreThan: number): Promise<{ who: string; hour: Instant; records: number }[]> {
  return tx.query(
    `select actor as who, date_trunc('hour', read_at) as hour, count(distinct record_ids[1])::int as records from read_audit
     where authority = $1 and read_at >= $2 and read_at < $3 and ${opening}
     group by actor, hour having count(distinct record_ids[1]) > $4 order by records desc, hour desc, who limit 200`,
    [authority, from, until, moreThan],
  );
}

/** Who opened records about which they never did anything, before or since. */
export function withoutActing(tx: Tx, { authority, from, until }: OddAsked): Promise<{ who: string; records: number; last: Instant }[]> {
  return tx.query(
    `select actor as who, count(distinct record_ids[1])::int as records, max(read_at) as last from read_audit
     where authority = $1 and read_at >= $2 and read_at < $3 and ${opening}
       and not exists (select from journal where record_id = read_audit.record_ids[1] and journal.actor = read_audit.actor)
     group by actor order by records desc, who limit 200`,
    [authority, from, until],
  );
}

/** Who searched for people more often within an hour of the clock than a case needs. */
export function manySearches(tx: Tx, { authority, from, until }: OddAsked, moreThan: number): Promise<{ who: string; hour: Instant; searches: number }[]> {
  return tx.query(
    `select actor as who, date_trunc('hour', read_at) as hour, count(*)::int as searches from read_audit
     where authority = $1 and read_at >= $2 and read_at < $3 and ${search()}
     group by actor, hour having count(*) > $4 order by searches desc, hour desc, who limit 200`,
    [authority, from, until, moreThan],
  );
}

/** Who searched for people who are called as they are, as far as the provider tells what its people are called. */
export function ownSurname(tx: Tx, { authority, from, until }: OddAsked): Promise<{ who: string; searches: number; last: Instant }[]> {
  return tx.query(
    `select actor as who, count(*)::int as searches, max(read_at) as last from read_audit
     where authority = $1 and read_at >= $2 and read_at < $3 and ${search(' (own surname)')}
     group by actor order by searches desc, who limit 200`,
    [authority, from, until],
  );
}

/** Who looked at where they live themselves: searched by that postcode, or opened who somebody is who lives there; as far as the provider tells it. */
export function ownPostcode(tx: Tx, { authority, from, until }: OddAsked): Promise<{ who: string; readings: number; last: Instant }[]> {
  return tx.query(
    `select actor as who, count(*)::int as readings, max(read_at) as last from read_audit
     where authority = $1 and read_at >= $2 and read_at < $3 and what like '% (own postcode)'
     group by actor order by readings desc, who limit 200`,
    [authority, from, until],
  );
}
