import type { Queries } from '../database.js';
import type { Vault } from '../keys/vault.js';
import type { Check, Finding, Looked } from './check.js';

interface Row {
  record_id: string;
  wrapped: Buffer | null;
}

const page = 1_000;
const nil = '00000000-0000-0000-0000-000000000000';

const everyKey = `select record_id, wrapped from record_key where record_id > $1 order by record_id limit ${page}`;
const wordsAlone = `
select distinct record_id, null::bytea as wrapped from narrative
where record_id > $1 and not exists (select from record_key where record_key.record_id = narrative.record_id) order by record_id limit ${page}`;

/** The key of every record can be opened, and nothing is kept of what was said of a record whose key is gone. */
export const recordKeys = (queries: Queries, vault: Vault): Check => ({
  name: 'keys',
  async *run(): AsyncGenerator<Finding, Looked> {
    let looked = 0;
    for (const query of [everyKey, wordsAlone]) {
      for await (const row of rowsOf(queries, query)) {
        const what = wrongWith(row, vault);
        if (what) yield { what, where: { record: row.record_id } };
        looked += 1;
      }
    }
    return { looked };
  },
});

async function* rowsOf(queries: Queries, query: string): AsyncGenerator<Row> {
  for (let after = nil; ; ) {
    const rows: Row[] = await queries.query(query, [after]);
    yield* rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.record_id;
  }
}

function wrongWith({ record_id: recordId, wrapped }: Row, vault: Vault): string | undefined {
  if (!wrapped) return 'words are kept whose key is missing';
  try {
    vault.unwrap(recordId, wrapped);
    return undefined;
  } catch {
    return 'the key of a record cannot be opened';
  }
}
