import type { DataSource } from 'typeorm';
import { Conflict, gaveWay, type Queries, seeing, type Sight, transact, type Tx, type Vault } from '#libs/journal';

const vaults = new WeakMap<DataSource, Vault>();

/** The keys of the service whose transaction this is. */
export function vaultOf({ dataSource }: Tx): Vault {
  const vault = vaults.get(dataSource);
  if (!vault) throw new Error('this is no transaction of a service');
  return vault;
}

/** A service's own database: its transactions, and what has to happen after each. */
export class Database {
  constructor(
    readonly source: DataSource,
    readonly vault: Vault,
    private readonly committed: () => void,
  ) {
    vaults.set(source, vault);
  }

  /** All of it or nothing, on the rows that it may see. A lost race is tried again up to `tries` times in all; the last failure is thrown. */
  async transaction<T>(sight: Sight, work: (tx: Tx) => Promise<T>, tries = 1): Promise<T> {
    for (let left = tries; ; left -= 1) {
      try {
        const result = await transact(this.source, { sight }, work);
        this.committed();
        return result;
      } catch (error) {
        const isLostRace = gaveWay(error) || (error instanceof Conflict && error.sequence === undefined);
        if (!isLostRace || left <= 1) throw error;
      }
    }
  }

  /** Single statements on the rows that they may see, each in a transaction of its own. */
  seeing(sight: Sight): Queries {
    return seeing(this.source, sight);
  }

  /** One statement outside any transaction: what belongs to an authority is closed to it. */
  query<Rows = unknown>(sql: string, parameters?: unknown[]): Promise<Rows> {
    return this.source.query<Rows>(sql, parameters);
  }
}
