import type { DataSource } from 'typeorm';
import { Conflict, gaveWay, type Tx, type Vault } from '#libs/journal';

/** A service's own database: its transactions, and what has to happen after each. */
export class Database {
  constructor(
    readonly source: DataSource,
    readonly vault: Vault,
    private readonly committed: () => void,
  ) {}

  /** All of it or nothing. A lost race is tried again up to `tries` times in all; the last failure is thrown. */
  async transaction<T>(work: (tx: Tx) => Promise<T>, tries = 1): Promise<T> {
    for (let left = tries; ; left -= 1) {
      try {
        const result = await this.source.transaction(work);
        this.committed();
        return result;
      } catch (error) {
        const isLostRace = gaveWay(error) || (error instanceof Conflict && error.sequence === undefined);
        if (!isLostRace || left <= 1) throw error;
      }
    }
  }

  /** One statement outside any transaction. */
  query<Rows = unknown>(sql: string, parameters?: unknown[]): Promise<Rows> {
    return this.source.query<Rows>(sql, parameters);
  }
}
