import type pg from 'pg';
import type { Queries } from '#libs/journal';
import type { PlacedContract } from '#libs/platform';
import { factsOf, type Facts } from '../../domain/facts-of.js';
import { keptFrom } from '../events/contracts.consumer.js';
import { copyRows } from '../persistence/copy-rows.js';
import { disposal, folded, forget, type KeptEvent, takeEvents, toldBy } from '../persistence/fact-store.js';

const factTables = ['concern_fact', 'telling_fact', 'enquiry_fact', 'dols_fact', 'person_fact', 'alias_fact'] as const satisfies (keyof Facts)[];

/** Everything that follows from contracts alone. */
export const shadowTables = ['inbox', 'event', 'disposed_person', ...factTables] as const;

/** So few that what is made of them is gone again before anybody collects it. */
const batch = 1_000;

/** Opens a connection of its own for the role that rebuilds. */
export type Connect = (name: string) => Promise<pg.Client>;

/** Somebody else is drawing the facts up just now. */
export class ShadowTaken extends Error {
  override readonly name = 'ShadowTaken';
}

/**
 * The tables of the facts, drawn up a second time beside the live ones in a schema of their own. One at a time: the lock
 * goes with the connection, so whoever dies holds nobody up and what they left is thrown away by the next.
 */
export class Shadow {
  private constructor(
    private readonly keeper: pg.Client,
    private readonly writer: pg.Client,
  ) {}

  /** Empty tables. Throws `ShadowTaken` while somebody else has them. */
  static async open(connect: Connect): Promise<Shadow> {
    const keeper = await connect('keeper');
    try {
      const { rows } = await keeper.query(`select pg_try_advisory_lock(hashtext('metrics shadow')) as ours`);
      if (!rows[0].ours) throw new ShadowTaken('The facts are being rebuilt or verified just now. Try again when that is done.');
      await keeper.query('select open_shadow()');
      return new Shadow(keeper, await besides(connect, 'writer'));
    } catch (error) {
      await keeper.end();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.writer.end();
    // Whatever fails here is thrown away by the next who opens.
    await this.keeper.query('select close_shadow()').catch(() => undefined);
    await this.keeper.end();
  }

  /** Keeps everything that is told; nothing is folded yet. */
  async load(pages: AsyncIterable<PlacedContract[]>, connect: Connect, onLoaded: (events: number) => void): Promise<void> {
    const client = await besides(connect, 'loader');
    try {
      let lastId = '';
      for await (const page of inBatches(pages)) {
        const events = page.map(keptFrom).filter(({ id }) => {
          // Two versions of one event are two messages and one event, told one after the other.
          const isAgain = id === lastId;
          lastId = id;
          return !isAgain;
        });
        await copyRows(client, 'event', events);
        await copyRows(client, 'inbox', page.map(({ id }) => ({ message_id: id })));
        onLoaded(page.length);
      }
    } finally {
      await client.end();
    }
  }

  /** Draws up the facts of everything that was loaded, each record once. */
  async fold(connect: Connect, onFolded: (events: number) => void): Promise<void> {
    await this.dress(['inbox', 'event', 'disposed_person']);
    const { rows } = await this.writer.query(`select distinct record_id from event where type = $1`, [disposal]);
    if (rows.length > 0) await forget(this.queries, rows.map(({ record_id }) => record_id as string));
    const reader = await besides(connect, 'reader');
    try {
      for await (const stories of wholeStories(reader)) {
        const facts = factsOf(stories.map(toldBy));
        for (const table of factTables) await copyRows(this.writer, table, facts[table]);
        onFolded(stories.length);
      }
    } finally {
      await reader.end();
    }
    await this.dress(factTables);
    await this.keeper.query('select tally_shadow()');
  }

  /** Takes what was told since, as the live facts take it. */
  async take(contracts: readonly PlacedContract[]): Promise<void> {
    await this.writer.query('begin');
    try {
      const { rows } = await this.writer.query(
        `insert into inbox (message_id) select distinct unnest($1::text[]) on conflict do nothing returning message_id`,
        [contracts.map(({ id }) => id)],
      );
      const fresh = new Set(rows.map(({ message_id }) => message_id as string));
      await takeEvents(this.queries, contracts.filter(({ id }) => fresh.has(id)).map(keptFrom));
      await this.writer.query('commit');
    } catch (error) {
      await this.writer.query('rollback');
      throw error;
    }
  }

  /** What was taken and is no fact (who works here) stays taken. */
  async keepOtherClaims(): Promise<void> {
    await this.keeper.query(
      `insert into metrics_shadow.inbox select * from metrics.inbox live where not exists (select from metrics_shadow.inbox told where told.message_id = live.message_id)`,
    );
  }

  /** The connection that holds the live tables still while they are exchanged. */
  get holder(): pg.Client {
    return this.keeper;
  }

  /** Queries that find the shadow tables where the live ones' names stand. */
  get queries(): Queries {
    return { query: async (sql: string, parameters?: unknown[]) => (await this.writer.query(sql, parameters)).rows } as Queries;
  }

  private async dress(tables: readonly string[]): Promise<void> {
    await this.keeper.query('select dress_shadow($1)', [tables]);
  }
}

async function besides(connect: Connect, name: string): Promise<pg.Client> {
  const client = await connect(name);
  // What is lost with the power is drawn up again, up to the exchange; that is written down as safely as everything else.
  await client.query('set search_path = metrics_shadow; set synchronous_commit = off');
  return client;
}

/** The same contracts in pages of at least `size`, the last one excepted. */
export async function* inBatches(pages: AsyncIterable<PlacedContract[]>, size = batch): AsyncGenerator<PlacedContract[]> {
  let waiting: PlacedContract[] = [];
  for await (const page of pages) {
    waiting = waiting.length === 0 ? page : waiting.concat(page);
    if (waiting.length < size) continue;
    yield waiting;
    waiting = [];
  }
  if (waiting.length > 0) yield waiting;
}

/** Every event that facts are made of, by record, no record torn apart. The next page is on its way while one is worked on. */
async function* wholeStories(reader: pg.Client): AsyncGenerator<KeptEvent[]> {
  // All of it will be read, so the plan that is quickest to its first row is not the best.
  await reader.query(`begin; set local cursor_tuple_fraction = 1; set local work_mem = '64MB'`);
  await reader.query(
    `declare stories cursor for select record_id, sequence, type, authority, has_actor, recorded_at, data from event
     where type = any('{${[...folded].join(',')}}') order by record_id, sequence`,
  );
  const fetch = () => reader.query<KeptEvent>(`fetch ${batch} from stories`);
  let rest: KeptEvent[] = [];
  for (let next = fetch(); ; ) {
    const { rows } = await next;
    if (rows.length > 0) {
      next = fetch();
      // It is awaited after this page is worked on; until then its failure is nobody's.
      next.catch(() => undefined);
    }
    const all = rest.concat(rows);
    const last = all.at(-1)?.record_id;
    const end = rows.length === 0 ? all.length : all.findLastIndex((event) => event.record_id !== last) + 1;
    rest = all.slice(end);
    if (end > 0) yield all.slice(0, end);
    if (rows.length === 0) return;
  }
}
