import type { Client } from 'pg';
import { type Publisher, publishers } from './expected.ts';

/** A journal row as it is stored, every value as text or a plain one. */
export interface Row {
  position: number;
  id: string;
  record_id: string;
  sequence: number;
  contract_sequence: number | null;
  type: string;
  authority: string | null;
  occurred_at: string;
  recorded_at: string;
  actor: string | null;
  data: object;
  traceparent: string | null;
  causation_id: string | null;
  hash: string;
}

export type Journals = Record<Publisher, Row[]>;

const utc = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`;

/** Every row of every journal. */
export async function readJournals(client: Client): Promise<Journals> {
  const read = async (service: Publisher): Promise<Row[]> => {
    const { rows } = await client.query(
      `select position::int, id::text, record_id::text, sequence, contract_sequence, type, authority, ${utc('occurred_at')}, ${utc('recorded_at')},
              actor, data, traceparent, causation_id, encode(hash, 'hex') as hash
       from ${service}.journal order by record_id, sequence`,
    );
    return rows as Row[];
  };
  const [people, triage, section42, dols] = [await read('people'), await read('triage'), await read('section42'), await read('dols')];
  return { people, triage, section42, dols, directory: await read('directory') };
}

/** Of all rows, those after these positions. */
export function rowsAfter(journals: Journals, after: Record<Publisher, number>): Journals {
  const rows = publishers.map((service) => [service, journals[service].filter(({ position }) => position > after[service])]);
  return Object.fromEntries(rows) as Journals;
}

/** How far each journal has come. */
export async function positions(client: Client): Promise<Record<Publisher, number>> {
  const found: Partial<Record<Publisher, number>> = {};
  for (const service of publishers) {
    const { rows } = await client.query(`select coalesce(max(position), 0)::int as position from ${service}.journal`);
    found[service] = rows[0].position as number;
  }
  return found as Record<Publisher, number>;
}
