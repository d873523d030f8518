import type pg from 'pg';
import { connectClient } from '#libs/journal';
import type { KeptEvent } from '../../../apps/metrics/src/facts/adapters/persistence/fact-store.ts';

type FactStore = typeof import('../../../apps/metrics/src/facts/adapters/persistence/fact-store.ts');

const schema = 'bench_one_by_one';

/**
 * The facts from the events one by one, each in a transaction of its own: by the code with which metrics takes them, so
 * that what is compared is how they are taken and not how they are folded. Into tables with the same keys and indexes.
 */
export class OneByOne {
  readonly #client: pg.Client;
  readonly #take: FactStore['takeEvents'];

  private constructor(client: pg.Client, take: FactStore['takeEvents']) {
    this.#client = client;
    this.#take = take;
  }

  static async open(ownerUrl: string): Promise<OneByOne> {
    const { takeEvents } = (await import(new URL('../../../dist/apps/metrics/src/facts/adapters/persistence/fact-store.js', import.meta.url).href)) as FactStore;
    return new OneByOne(await connectClient({ url: ownerUrl, name: 'bench' }, { search_path: schema }), takeEvents);
  }

  /** All events of some records by lot, in the order in which they happened to each. */
  async some(records: number, seed: number): Promise<KeptEvent[]> {
    const { rows } = await this.#client.query<KeptEvent>(
      `select event.* from metrics.event
       where record_id in (select record_id from metrics.event where sequence = 1 order by md5(record_id::text || $2) limit $1)
       order by sequence, record_id`,
      [records, String(seed)],
    );
    return rows;
  }

  /** Takes them into empty tables; returns how many a second. */
  async take(events: readonly KeptEvent[]): Promise<number> {
    await this.#empty();
    const tx = { query: async (sql: string, values?: unknown[]) => (await this.#client.query(sql, values)).rows } as unknown as Parameters<FactStore['takeEvents']>[0];
    const startedAt = performance.now();
    for (const event of events) {
      await this.#client.query('begin');
      await this.#take(tx, [event]);
      await this.#client.query('commit');
    }
    return (events.length * 1_000) / (performance.now() - startedAt);
  }

  async close(): Promise<void> {
    await this.#client.query('rollback');
    await this.#client.query(`drop schema if exists ${schema} cascade`);
    await this.#client.end();
  }

  /** Every table that metrics has: those that facts lie in become more. */
  async #empty(): Promise<void> {
    const { rows } = await this.#client.query<{ making: string }>(`select string_agg(format('create table ${schema}.%I (like metrics.%I including all);', tablename, tablename), ' ') as making from pg_tables where schemaname = 'metrics'`);
    await this.#client.query(`drop schema if exists ${schema} cascade; create schema ${schema}; ${rows[0]!.making}`);
  }
}
