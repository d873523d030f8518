import { genesis, linkHash } from '../chain.js';
import type { Queries } from '../database.js';
import type { Row } from '../journal.js';
import type { Check, Finding, Looked } from './check.js';

const page = 1_000;
const nil = '00000000-0000-0000-0000-000000000000';

/** Every event is what was recorded, and none before it in its record is missing. */
export const chain = (queries: Queries): Check => ({ name: 'chain', run: () => brokenLinks(storiesIn(queries)) });

/** The journal record by record. One that is told more meanwhile is read as far as it went: its rows come in order. */
async function* storiesIn(queries: Queries): AsyncGenerator<Row> {
  for (let last = { record_id: nil, sequence: 0 }; ; ) {
    const rows: Row[] = await queries.query(
      `select * from journal where (record_id, sequence) > ($1, $2) order by record_id, sequence limit ${page}`,
      [last.record_id, last.sequence],
    );
    yield* rows;
    if (rows.length < page) return;
    last = rows.at(-1)!;
  }
}

/** What is wrong with rows that come record by record, each record in order. */
export async function* brokenLinks(rows: AsyncIterable<Row> | Iterable<Row>): AsyncGenerator<Finding, Looked> {
  let looked = 0;
  let before = { record_id: nil, sequence: 0, hash: genesis };
  for await (const row of rows) {
    looked += 1;
    if (row.record_id !== before.record_id) before = { record_id: row.record_id, sequence: 0, hash: genesis };
    const missing = row.sequence - before.sequence - 1;
    if (missing > 0) {
      yield { what: missing === 1 ? 'an event is missing' : `${missing} events are missing`, where: { record: row.record_id, sequence: before.sequence + 1 } };
    } else if (!hashOf(row, before.hash).equals(row.hash)) {
      // Going on from the hash that is stored: otherwise every later event of the record would be told of as well.
      yield { what: 'an event was changed, or the hash of the one before it', where: { record: row.record_id, sequence: row.sequence, position: row.position } };
    }
    before = row;
  }
  return { looked };
}

const hashOf = (row: Row, previous: Buffer): Buffer =>
  linkHash(previous, {
    id: row.id,
    recordId: row.record_id,
    sequence: row.sequence,
    contractSequence: row.contract_sequence,
    type: row.type,
    authority: row.authority,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    data: row.data,
    traceparent: row.traceparent,
    causationId: row.causation_id,
  });
