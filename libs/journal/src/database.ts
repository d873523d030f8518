import { hash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, type EntityManager, type MigrationInterface, QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';

/** One transaction: everything that one command or one batch of messages does to the database. */
export type Tx = EntityManager;

/** Anything that takes a statement: a transaction, or the pool. */
export type Queries = Pick<EntityManager, 'query'>;

const { builtins } = pg.types;
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, canonicalInstant],
  [builtins.DATE, (text) => text],
  [builtins.INT8, safeInteger],
]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
};

/** PostgreSQL writes `2025-07-31 09:30:00.5+00` in a session of UTC; inside we write `2025-07-31T09:30:00.500000Z`. */
function canonicalInstant(text: string): string {
  if (text.length < 22) return `${text.slice(0, 10)}T${text.slice(11, 19)}.000000Z`;
  const fraction = text.slice(20, text.indexOf('+', 19));
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction.padEnd(6, '0')}Z`;
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the safe integers`);
  return value;
}

export interface Connection {
  /** A PostgreSQL URL with the role and its password. */
  url: string;
  /** How the connection calls itself in `pg_stat_activity`. */
  name: string;
  /** Connections at most; 10 unless told. */
  size?: number;
  /** How long a connection may take to be had, in milliseconds; as short as whoever waits for an answer needs it, unless told. */
  connectMs?: number;
  /**
   * Only of pools: a statement is sent before the last was answered, wherever nobody waits for that, and those that are
   * `oftenAsked` are planned once. Then `copy` cannot be used, nor a table of the same name as another.
   */
  isForCommands?: boolean;
}

/** So that the server notices soon that a client is gone, and lets go of what it holds. Seconds, and milliseconds. */
const noticeLoss = { tcp_keepalives_idle: 5, tcp_keepalives_interval: 2, tcp_keepalives_count: 3, tcp_user_timeout: 20_000 };

/** Nobody waits longer for a connection, be it a new one or somebody else's: whoever asks is told to come again. */
const answeringMs = 1_500;

/** How long a connection stays that nobody uses, in milliseconds. A new one for commands makes each of its plans anew, for whoever comes next. */
const idleMs = { commands: 900_000, others: 10_000 };

/** For work that nobody waits for at a screen, and that would rather be late than not done. */
export const patientMs = 15_000;

/** A pool that reads times as canonical instants, dates as days and bigints as safe integers. Not connected yet. */
export function dataSource({ url, name, size = 10, connectMs = answeringMs, isForCommands = false }: Connection): DataSource {
  const open = new Set<pg.Client>();
  const source = new DataSource({
    type: 'postgres',
    url,
    applicationName: name,
    poolSize: size,
    connectTimeoutMS: connectMs,
    // What happens to an idle connection is of no use to anybody; whoever wants one gets another.
    poolErrorHandler: () => {},
    extra: {
      types,
      keepAlive: true,
      pipeline: isForCommands,
      idleTimeoutMillis: isForCommands ? idleMs.commands : idleMs.others,
      Client: trackedIn(open),
      options: settings({ timezone: 'UTC', statement_timeout: 60_000, lock_timeout: 30_000, idle_in_transaction_session_timeout: 60_000, ...noticeLoss }),
    },
  });
  connectionsOf.set(source, open);
  return source;
}

/** Whether no connection was to be had in time, so that nothing was begun. */
export const neverBegan = (error: unknown): boolean => /timeout exceeded when trying to connect/.test((error as Error | undefined)?.message ?? '');

/** Whether PostgreSQL ended a transaction in favour of another (40001, 40P01): nothing of it is kept, and it may be done again. */
export const gaveWay = (error: unknown): boolean => /^40(001|P01)$/.test((error as { code?: string } | undefined)?.code ?? '');

/** Whether a statement got no answer but that the session ended or the server is in need: what comes next would fare no better. */
export const wentUnanswered = (error: unknown): boolean =>
  isOver(error) || (error instanceof QueryFailedError && !/^(?!0[08]|5[378])([0-5]\d|P0|XX)[0-9A-Z]{3}$/.test((error as { code?: string }).code ?? ''));

/** Whether a statement failed, so that its transaction can only be rolled back. */
export const spoilsTransaction = (error: unknown): boolean => error instanceof QueryFailedError || isOver(error);

/** The session ended between two statements of a transaction. */
const isOver = (error: unknown): boolean => error instanceof QueryRunnerAlreadyReleasedError || error instanceof QueryRunnerProviderAlreadyReleasedError;

const connectionsOf = new WeakMap<DataSource, Set<pg.Client>>();

const trackedIn = (open: Set<pg.Client>) =>
  class extends pg.Client {
    constructor(config?: pg.ClientConfig & { pipeline?: boolean }) {
      super(config);
      if (config?.pipeline) askFew(this);
      open.add(this);
      this.once('end', () => open.delete(this));
    }
  };

const plannedOnce = new Map<string, string>();

/**
 * A statement that each connection for commands, and a relay's, plans once, since planning it takes longer than doing it. It has to name its
 * columns: a plan for all there are would break under a migration that adds one. Whoever verifies has temporary tables of
 * the names of others, which a plan that was made before would not find: so no other connection keeps any.
 */
export function oftenAsked(sql: string): string {
  plannedOnce.set(sql, hash('sha256', sql, 'base64url').slice(0, 22));
  return sql;
}

/** A statement as a connection is to be asked that keeps plans: by its name, where it is often asked. */
export const byName = (sql: string): string | { name: string; text: string } => {
  const name = plannedOnce.get(sql);
  return name === undefined ? sql : { name, text: sql };
};

/**
 * In a condition of a statement that is `oftenAsked`: one of a list. PostgreSQL is not shown how long the list is, or it
 * would plan for each anew: one of one always looks cheaper than the ten that a plan for all of them expects.
 */
export const oneOf = (place: string, type: string): string => `any((select ${place}::${type}[])::${type}[])`;

type Ask = (sql: unknown, ...more: unknown[]) => unknown;

/** What is often asked is planned once, and what is asked before anybody waits for an answer is written in one go: to wake the server takes longer than much of what it is asked. */
function askFew(client: pg.Client): void {
  const ask = client.query.bind(client) as Ask;
  const gather = gathering(() => streamOf(client));
  const asked: Ask = (sql, ...more) => {
    gather();
    return ask(typeof sql === 'string' ? byName(sql) : sql, ...more);
  };
  client.query = asked as typeof client.query;
}

/** Holds back what is written, until everything that can go on without waiting has gone on. */
function gathering(stream: () => Duplex): () => void {
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    const held = stream();
    held.cork();
    queueMicrotask(() =>
      process.nextTick(() => {
        isGathering = false;
        held.uncork();
      }),
    );
  };
}

const streamOf = (client: pg.Client): Duplex => (client as unknown as { connection: { stream: Duplex } }).connection.stream;

/** Breaks every connection of a pool, so that whoever waits for a server that hangs is told at once. The pool goes on with new ones. */
export function cutAll(source: DataSource): void {
  for (const client of connectionsOf.get(source) ?? []) cut(client);
}

/** Breaks a connection without a word to the server, which may not listen. */
export function cut(client: pg.Client): void {
  streamOf(client).destroy();
}

const settings = (values: Record<string, string | number>): string => Object.entries(values).map(([name, value]) => `-c ${name}=${value}`).join(' ');

/** One connection of its own, reading values as `dataSource` does, with settings of its own. Connected. */
export async function connectClient({ url, name, connectMs = answeringMs }: Connection, more: Record<string, string | number> = {}): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    types,
    options: settings({ timezone: 'UTC', ...noticeLoss, ...more }),
  });
  // A session that the server ends fails whatever it was asked next; unheard, it would end the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Whoever changes a table keeps everybody waiting who comes after, so nobody waits for it longer than this to have it, in milliseconds. */
const havingMs = 3_000;
/** How often a step is tried while others use its tables: a minute or two. */
const migrationTries = 30;

/** Whether a table was not to be had in time (55P03), or somebody else was let go first. */
const isInTheWay = (error: unknown): boolean => gaveWay(error) || (error as { code?: string } | undefined)?.code === '55P03';

/** Brings a service's schema to its newest shape, each step when its tables are to be had. Forward only; run with the service's migrate role. */
export async function migrate(options: {
  url: string;
  schema: string;
  migrations: (new () => MigrationInterface)[];
}): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: `${options.schema}-migrate`,
    schema: options.schema,
    migrations: options.migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    extra: { options: settings({ lock_timeout: havingMs }) },
  });
  await source.initialize();
  try {
    for (let left = migrationTries; left > 0; left -= 1) {
      try {
        await source.runMigrations();
        return;
      } catch (error) {
        if (!isInTheWay(error) || left === 1) throw error;
        await pause(1_000);
      }
    }
  } finally {
    await source.destroy();
  }
}
