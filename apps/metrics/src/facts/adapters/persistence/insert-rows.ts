import { oftenAsked, type Queries } from '#libs/journal';
import type { Facts } from '../../domain/facts-of.js';

export type Table = keyof Facts | 'event' | 'inbox';

const knowledge = { id: 'uuid', known_from: 'timestamptz', known_until: 'timestamptz' };

/** The type of every column that is written. */
export const columns: Readonly<Record<Table, Readonly<Record<string, string>>>> = {
  inbox: { message_id: 'text' },
  event: {
    id: 'uuid', source: 'text', record_id: 'uuid', sequence: 'int', type: 'text', authority: 'text', has_actor: 'boolean',
    occurred_at: 'timestamptz', recorded_at: 'timestamptz', data: 'jsonb',
  },
  concern_fact: {
    ...knowledge, nth: 'int', authority: 'text', received_at: 'timestamptz', waiting_from: 'timestamptz', decided_at: 'timestamptz',
    replaced_at: 'timestamptz', outcome: 'text', not_safeguarding_reason: 'text', elapsed_micros: 'bigint', person_id: 'uuid', age_band: 'text', channel: 'text',
    referrer_type: 'text', abuse_types: 'text[]', location_type: 'text', source_of_risk: 'text',
  },
  telling_fact: { ...knowledge, nth: 'int', authority: 'text', decided_at: 'timestamptz', has_decider: 'boolean', replaced_at: 'timestamptz', wishes: 'text', sar_referral: 'boolean', told_at: 'timestamptz', not_told_at: 'timestamptz' },
  enquiry_fact: {
    ...knowledge, authority: 'text', concern_id: 'uuid', kind: 'text', opened_at: 'timestamptz', allocated_at: 'timestamptz',
    concluded_at: 'timestamptz', outcomes_asked: 'text', outcomes_achieved: 'text', mental_capacity: 'text', advocate: 'text',
  },
  dols_fact: {
    ...knowledge, authority: 'text', received_at: 'timestamptz', received_on: 'date', kind: 'text', setting: 'text',
    decided_at: 'timestamptz', decided_on: 'date', outcome: 'text', person_id: 'uuid', age_band: 'text',
  },
  person_fact: { ...knowledge, gender: 'text', ethnicity: 'text', primary_support_reason: 'text', local_area: 'text' },
  alias_fact: { ...knowledge, into_id: 'uuid' },
};

/** What does not fit into a flat array of its own type travels as text. */
const asText: Readonly<Record<string, (value: unknown) => string>> = {
  jsonb: (value) => JSON.stringify(value),
  'text[]': (value) => `{${(value as string[]).map((element) => JSON.stringify(element)).join(',')}}`,
};

/** One statement a table, an array a column: half the time of sending rows as JSON. */
const inserting = new Map(Object.entries(columns).map(([table, types]) => [table, insertInto(table, Object.entries(types))]));

function insertInto(table: string, entries: [name: string, type: string][]): string {
  const arrays = entries.map(([, type], at) => `$${at + 1}::${type in asText ? 'text' : type}[]`);
  const values = entries.map(([name, type]) => (type in asText ? `${name}::${type}` : name));
  const names = entries.map(([name]) => name).join(', ');
  return oftenAsked(`insert into ${table} (${names}) select ${values.join(', ')} from unnest(${arrays.join(', ')}) as row (${names})`);
}

/** Writes rows in one statement, where there are any. */
export async function insertRows(tx: Queries, table: Table, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(inserting.get(table)!, Object.entries(columns[table]).map(([name, type]) => column(rows, name, asText[type])));
}

function column(rows: readonly object[], name: string, write: ((value: unknown) => string) | undefined): unknown[] {
  const values = rows.map((row) => (row as Record<string, unknown>)[name] ?? null);
  return write ? values.map(write) : values;
}
