import { inOneGo, lastly, type Queries } from '#libs/journal';
import { type Facts, factsOf } from '../../domain/facts-of.js';
import type { Known } from '../../domain/known.js';
import type { AnyTold } from '../../domain/told.js';
import { insertRows } from './insert-rows.js';

/** A published event as it is kept. */
export interface KeptEvent {
  id: string;
  source: string;
  record_id: string;
  sequence: number;
  type: string;
  authority: string | null;
  has_actor: boolean | null;
  occurred_at: string;
  recorded_at: string;
  data: Record<string, unknown>;
}

/** The types that facts are made of; every other is kept and waits for a measure that needs it. */
export const folded: ReadonlySet<string> = new Set([
  'safeguarding.concern.received.v1', 'safeguarding.concern.imported.v1', 'safeguarding.concern.identified.v1', 'safeguarding.concern.triaged.v1',
  'safeguarding.concern.wishes-recorded.v1', 'safeguarding.concern.reopened.v1', 'safeguarding.concern.feedback-recorded.v1', 'safeguarding.concern.corrected.v1', 'safeguarding.concern.entered-in-error.v1',
  'safeguarding.enquiry.opened.v1', 'safeguarding.enquiry.allocated.v1', 'safeguarding.enquiry.concluded.v1',
  'safeguarding.enquiry.reopened.v1', 'safeguarding.enquiry.corrected.v1', 'safeguarding.enquiry.entered-in-error.v1',
  'safeguarding.dols-request.received.v1', 'safeguarding.dols-request.imported.v1', 'safeguarding.dols-request.identified.v1',
  'safeguarding.dols-request.decided.v1',
  'safeguarding.dols-request.corrected.v1', 'safeguarding.dols-request.entered-in-error.v1',
  'safeguarding.person.registered.v1', 'safeguarding.person.characteristics-corrected.v1', 'safeguarding.person.joined.v1',
  'safeguarding.person.separated.v1', 'safeguarding.person.disposed.v1',
] satisfies AnyTold['type'][]);

const tablesOf: Readonly<Record<string, readonly (keyof Facts)[]>> = {
  concern: ['concern_fact', 'telling_fact'],
  enquiry: ['enquiry_fact'],
  'dols-request': ['dols_fact'],
  person: ['person_fact', 'alias_fact'],
};

/** Of a disposal: the link between a person and their cases is forgotten. */
export const disposal = 'safeguarding.person.disposed.v1';

/** Keeps events and makes the facts of every record that they touch anew, within one transaction. */
export async function takeEvents(tx: Queries, events: readonly KeptEvent[]): Promise<void> {
  if (events.length === 0) return;
  const disposed = events.filter((event) => event.type === disposal).map((event) => event.record_id);
  const kinds = disposed.length > 0 ? Object.keys(tablesOf) : [...new Set(events.map((event) => kindOf(event)))].toSorted();
  if (disposed.length > 0) await lock(tx, kinds);
  const unlinked = disposed.length > 0 ? await forget(tx, disposed) : [];
  const [, held, gone] = await inOneGo<[unknown, KeptEvent[], Set<string>]>(tx, [
    () => lock(tx, kinds),
    () => heldOf(tx, [...new Set([...events.map((event) => event.record_id), ...unlinked])]),
    () => disposedAmong(tx, events),
  ]);
  const fresh = newOnes(events, { held, gone });
  // What is only kept changes no fact.
  const touched = new Set([...fresh.filter(isFolded).map((event) => event.record_id), ...unlinked]);
  const told = [...held, ...fresh].filter((event) => touched.has(event.record_id));
  const were = held.filter((event) => touched.has(event.record_id));
  const change = { kinds, before: were.map((event) => event.record_id), were: foldedFrom(were), facts: foldedFrom(told), disposed };
  await lastly(tx, inOneGo(tx, [() => insertRows(tx, 'event', fresh), ...replacing(tx, change)]));
}

const isFolded = ({ type }: KeptEvent): boolean => folded.has(type);

const foldedFrom = (events: readonly KeptEvent[]): Facts => factsOf(events.filter(isFolded).map(toldBy));

const kindOf = ({ type }: KeptEvent): string => type.split('.')[1] ?? '';

/**
 * One transaction at a time changes the facts of a kind of record: a second one would not see the first one's events, and
 * both would fold half a story. A disposal touches every kind.
 */
const lock = (tx: Queries, kinds: readonly string[]): Promise<unknown> =>
  tx.query(`select pg_advisory_xact_lock(hashtext('metrics facts'), hashtext(kind)) from unnest($1::text[]) kind`, [kinds]);

/** Forgets which cases were about these people, in the events that told of it too; answers with those cases. */
export async function forget(tx: Queries, people: readonly string[]): Promise<string[]> {
  await tx.query(`insert into disposed_person select distinct unnest($1::uuid[]) on conflict do nothing`, [people]);
  await tx.query(`update event set data = data - 'recordId' where record_id = any($1::uuid[]) and data ? 'recordId'`, [people]);
  const rows: { record_id: string }[] = await tx.query(
    `with changed as (
       update event set data = data - 'personId' where data ? 'personId' and data ->> 'personId' = any($1::text[]) returning record_id
     ) select distinct record_id from changed`,
    [people],
  );
  return rows.map((row) => row.record_id);
}

/** The events held of these records: read by record, since a plan made without statistics would read the whole table. */
async function heldOf(tx: Queries, records: readonly string[]): Promise<KeptEvent[]> {
  return tx.query(
    `select event.* from unnest($1::uuid[]) asked (id) cross join lateral (select * from event where record_id = asked.id offset 0) event`,
    [records],
  );
}

/** Whom these events tie to a case, and who was disposed of. */
async function disposedAmong(tx: Queries, events: readonly KeptEvent[]): Promise<Set<string>> {
  const named = [...new Set(events.flatMap((event) => linkOf(event) ?? []))];
  if (named.length === 0) return new Set();
  const rows: { person_id: string }[] = await tx.query(`select person_id from disposed_person where person_id = any($1::uuid[])`, [named]);
  return new Set(rows.map((row) => row.person_id));
}

/** Those not held yet, each once, and without the link to a person who is gone. */
function newOnes(events: readonly KeptEvent[], { held, gone }: { held: readonly KeptEvent[]; gone: ReadonlySet<string | undefined> }): KeptEvent[] {
  const known = new Set(held.map((event) => event.id));
  const fresh = [...new Map(events.map((event) => [event.id, event])).values()].filter((event) => !known.has(event.id));
  return fresh.map((event) => (gone.has(linkOf(event)) ? withoutLink(event) : event));
}

/** The person whom an event ties to a case: what is told of a case names the person, what is told of a person names the case. */
function linkOf({ data, record_id }: KeptEvent): string | undefined {
  if (typeof data['personId'] === 'string') return data['personId'];
  return 'recordId' in data ? record_id : undefined;
}

function withoutLink(event: KeptEvent): KeptEvent {
  const { personId: _person, recordId: _case, ...data } = event.data;
  return { ...event, data };
}

export const toldBy = ({ type, record_id, sequence, recorded_at, authority, has_actor, data }: KeptEvent): AnyTold =>
  ({ type, recordId: record_id, sequence, recordedAt: recorded_at, authority, hasActor: has_actor, data }) as unknown as AnyTold;

interface Change {
  kinds: readonly string[];
  /** Records that were known before. */
  before: readonly string[];
  were: Facts;
  facts: Facts;
  /** People whose cases were just forgotten: neither of the two tells any more whose they were. */
  disposed: readonly string[];
}

type Asking = () => Promise<unknown> | undefined;

/** What puts facts in the place of what was held of the records that were known before, in what is counted of them too; in this order. */
function replacing(tx: Queries, { kinds, before, were, facts, disposed }: Change): Asking[] {
  const tables = kinds.flatMap((kind) => tablesOf[kind] ?? []);
  const inTables = tables.flatMap((table): Asking[] => [
    () => (before.length > 0 ? tx.query(`delete from ${table} where id = any($1::uuid[])`, [before]) : undefined),
    () => insertRows(tx, table, facts[table]),
    () => (isCounted(table) ? count(tx, table, [were[table], facts[table]]) : undefined),
  ]);
  const mayRepeat = kinds.some((kind) => kind === 'concern' || kind === 'person');
  return mayRepeat ? [...inTables, () => findRepeats(tx, [were, facts], disposed)] : inTables;
}

const counted = ['concern_fact', 'enquiry_fact', 'dols_fact'] as const satisfies (keyof Facts)[];
const isCounted = (table: keyof Facts): table is (typeof counted)[number] => (counted as readonly string[]).includes(table);

function count(tx: Queries, table: (typeof counted)[number], changed: Known[][]): Promise<unknown> | undefined {
  const [gone, come] = changed.map((rows) => rows.filter(isNow));
  return gone!.length + come!.length > 0 ? tx.query(`select metrics.tally_${table}($1, $2)`, [JSON.stringify(gone), JSON.stringify(come)]) : undefined;
}

/** Finds again which concerns repeat others, of everybody whose concerns or joinings changed. */
function findRepeats(tx: Queries, changed: readonly [were: Facts, facts: Facts], disposed: readonly string[]): Promise<unknown> | undefined {
  const [gone, come] = changed.map(({ concern_fact: concerns, alias_fact: aliases }) => ({ concerns: concerns.filter(isFirst), aliases: aliases.filter(isNow) }));
  const people = [gone!, come!].flatMap(({ concerns, aliases }) => [...concerns.map((one) => one.person_id), ...aliases.flatMap((one) => [one.id, one.into_id])]);
  const some = [...new Set([...people, ...disposed])].filter((id) => id !== null);
  return some.length > 0 ? tx.query(`select metrics.find_repeats($1, $2)`, [some, gone!.concerns.map(({ id }) => id)]) : undefined;
}

const isNow = ({ known_until }: Known): boolean => known_until === null;
const isFirst = (concern: Facts['concern_fact'][number]): boolean => isNow(concern) && concern.nth === 1;
