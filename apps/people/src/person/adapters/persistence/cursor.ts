import type pg from 'pg';

const page = 500;

/** All rows of a query as they are at one moment, in pages and constant memory, on a connection of its own. */
export async function* cursor<Row extends pg.QueryResultRow>(connect: () => Promise<pg.Client>, query: string): AsyncGenerator<Row[]> {
  const client = await connect();
  try {
    // All of it will be read, so the plan that is quickest to its first row is not the best.
    await client.query('begin isolation level repeatable read read only; set local cursor_tuple_fraction = 1');
    await client.query(`declare all_rows cursor for ${query}`);
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${page} from all_rows`);
      if (rows.length > 0) yield rows;
      if (rows.length < page) return;
    }
  } finally {
    await client.end();
  }
}
