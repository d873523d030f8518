import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Check, Finding, Looked } from '#libs/journal';
import { contractPages, type PlacedContract } from './contract-pages.js';
import type { Peer } from './peer.js';
import type { Mending } from './rebuild.controller.js';

/** How far the contracts of each who tells were read, by their position, and how many of them count here. */
interface ToldSoFar {
  last: readonly number[];
  told: number;
}

export interface ToldTableParts {
  /** Where those answer who tell. */
  tellers: readonly Peer[];
  /** A connection of its own under the role that verifies and rebuilds. */
  connect: () => Promise<pg.Client>;
  /** Between two looks, in milliseconds; 2,000 unless told. */
  everyMs?: number;
}

/** How a table is compared with what was told. */
export interface Comparison {
  /** Makes the temporary tables: what was told, and `differing`. */
  tables: string;
  /** A `with` that the question needs, or nothing. */
  first: string;
  /** Asks what differs, in the columns of `differing`. */
  different: string;
  /** The columns by which a row is known. */
  key: string;
}

/** What is being taken just now differs for a moment: a difference is one that stays for so many looks. */
const looks = 3;

/** A table that other services' events alone fill: verified by what those told, as far as it was taken here, and made so. */
export abstract class ToldTable implements Check, Mending {
  abstract readonly name: string;
  protected abstract readonly comparison: Comparison;

  constructor(private readonly table: ToldTableParts) {}

  /** Puts those of some contracts that count here into the temporary tables. Returns how many those are. */
  protected abstract take(client: pg.Client, contracts: readonly PlacedContract[]): Promise<number>;
  protected abstract findings(client: pg.Client): AsyncGenerator<Finding>;
  /** Makes what is in `differing` as it was told. Returns how many records that were. */
  protected abstract mendAll(client: pg.Client): Promise<number>;

  async *run(): AsyncGenerator<Finding, Looked> {
    const client = await this.table.connect();
    try {
      const looked = await this.compare(client);
      yield* this.findings(client);
      return { looked };
    } finally {
      await client.end();
    }
  }

  async mend(): Promise<number> {
    const client = await this.table.connect();
    try {
      await this.compare(client);
      return await this.mendAll(client);
    } finally {
      await client.end();
    }
  }

  /** Leaves in `differing` what stays different. Returns how much was told. */
  private async compare(client: pg.Client): Promise<number> {
    const { tables, first, different, key } = this.comparison;
    await client.query(tables);
    let so = await this.readOn(client, { last: this.table.tellers.map(() => 0), told: 0 });
    let { rowCount } = await client.query(`insert into differing ${first && `with ${first}`} ${different}`);
    for (let look = 1; look < looks && rowCount! > 0; look += 1) {
      await pause(this.table.everyMs ?? 2_000);
      so = await this.readOn(client, so);
      await client.query(`with ${first && `${first},`} now as (${different}) delete from differing where (${key}) not in (select ${key} from now)`);
      ({ rowCount } = await client.query('select from differing limit 1'));
    }
    return so.told;
  }

  /** From where it ended. */
  private async readOn(client: pg.Client, so: ToldSoFar): Promise<ToldSoFar> {
    const last = [...so.last];
    let { told } = so;
    for (const [at, teller] of this.table.tellers.entries()) {
      for await (const contracts of contractPages(teller, last[at])) {
        told += await this.take(client, contracts);
        last[at] = contracts.at(-1)!.position;
      }
    }
    return { last, told };
  }
}
