import pg from 'pg';
import { DataSource, type EntityManager, type MigrationInterface } from 'typeorm';

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
}

/** A pool that reads times as canonical instants, dates as days and bigints as safe integers. Not connected yet. */
export function dataSource({ url, name, size = 10 }: Connection): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: name,
    poolSize: size,
    connectTimeoutMS: 8_000,
    extra: { types, options: '-c timezone=UTC -c statement_timeout=60000' },
  });
}

/** One connection of its own, reading values as `dataSource` does. Connected. */
export async function connectClient({ url, name }: Connection): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 2_000,
    types,
    options: '-c timezone=UTC',
  });
  await client.connect();
  return client;
}

/** Brings a service's schema to its newest shape. Forward only; run with the service's migrate role. */
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
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
