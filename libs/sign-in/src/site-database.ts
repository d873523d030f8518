import { Pool, type QueryResult } from 'pg';
import { ServiceUnavailable } from '#libs/pages';

/** A site's own schema, asked little at a time: who is at a page would rather be told soon than wait. */
export class SiteDatabase {
  private readonly pool: Pool;

  /** `holds` says in the log what could not be had. */
  constructor(
    given: { databaseUrl: string; name: string },
    private readonly holds: string,
  ) {
    this.pool = new Pool({ connectionString: given.databaseUrl, application_name: given.name, max: 5, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
    this.pool.on('error', () => undefined);
  }

  /** Whatever goes wrong is one `ServiceUnavailable`. */
  async ask<Row extends object>(sql: string, values: unknown[]): Promise<QueryResult<Row>> {
    try {
      return await this.pool.query<Row>(sql, values);
    } catch (error) {
      throw new ServiceUnavailable(this.holds, { cause: error });
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
