import { setTimeout as pause } from 'node:timers/promises';
import type { Check, Finding, Looked } from '#libs/journal';
import { Sources } from './draw-up.js';
import type { FactsOrigin } from './facts-origin.js';
import { Shadow, shadowTables, ShadowTaken } from './shadow.js';

type Table = Exclude<(typeof shadowTables)[number], 'inbox'>;

interface Difference {
  table: Table;
  id: string;
  /** It is among the live rows, and not so among those that follow from the contracts. */
  isLive: boolean;
  isFolded: boolean;
}

const compared = shadowTables.filter((table): table is Table => table !== 'inbox');
const keys: Partial<Record<Table, string>> = { event: 'record_id', disposed_person: 'person_id' };
const most = 10_000;
/** A live system moves: a difference is one when it has stayed while nothing else got better, for so many looks. */
const idleLooks = 3;
const lookEveryMs = 2_000;
const patienceMs = 120_000;

/** Every fact equals the fold of all contracts: all of them are folded again beside the live ones and compared. */
export class FactsCheck implements Check {
  readonly name = 'facts';

  constructor(
    private readonly origin: Pick<FactsOrigin, 'connect' | 'publishers'>,
    private readonly everyMs = lookEveryMs,
  ) {}

  async *run(): AsyncGenerator<Finding, Looked> {
    const shadow = await this.open();
    const sources = new Sources(this.origin.publishers);
    let looked = 0;
    try {
      await sources.loadInto(shadow, this.origin.connect, (more) => (looked += more));
      await shadow.fold(this.origin.connect, () => undefined);
      for (const difference of await this.lasting(shadow, sources)) yield findingOf(difference);
      return { looked };
    } finally {
      await shadow.close();
    }
  }

  /** A rebuild that goes on is waited for. */
  private async open(): Promise<Shadow> {
    for (const end = performance.now() + patienceMs; ; await pause(this.everyMs)) {
      try {
        return await Shadow.open(this.origin.connect);
      } catch (error) {
        if (!(error instanceof ShadowTaken) || performance.now() > end) throw error;
      }
    }
  }

  private async lasting(shadow: Shadow, sources: Sources): Promise<Difference[]> {
    let lasting = await this.look(shadow, sources);
    for (let idle = 0; lasting.length > 0 && idle < idleLooks; ) {
      await pause(this.everyMs);
      const now = await this.look(shadow, sources);
      const isBetter = now.length < lasting.length;
      idle = isBetter ? 0 : idle + 1;
      const names = new Set(lasting.map(nameOf));
      // While something moves, what is new may be what was beyond the most that were looked at.
      lasting = isBetter && lasting.length >= most ? now : now.filter((one) => names.has(nameOf(one)));
    }
    return lasting;
  }

  private async look(shadow: Shadow, sources: Sources): Promise<Difference[]> {
    await sources.catchUp(shadow);
    const found: Difference[] = [];
    for (const table of compared) found.push(...(await differences(shadow, table)));
    return found.slice(0, most);
  }
}

/** Two tables of the same shape, row by row, in the database. */
async function differences(shadow: Shadow, table: Table): Promise<Difference[]> {
  const key = keys[table] ?? 'id';
  const rows: Omit<Difference, 'table'>[] = await shadow.queries.query(
    `select id, bool_or(is_live) as "isLive", bool_or(not is_live) as "isFolded" from (
       select ${key} as id, true as is_live from (select * from metrics.${table} except select * from metrics_shadow.${table}) live
       union all
       select ${key} as id, false as is_live from (select * from metrics_shadow.${table} except select * from metrics.${table}) folded
     ) one group by id order by id limit ${most}`,
  );
  return rows.map((row) => ({ table, ...row }));
}

const nameOf = ({ table, id }: Difference): string => `${table} ${id}`;

function findingOf({ table, id, isLive, isFolded }: Difference): Finding {
  const what = isLive && isFolded ? 'differs from what its contracts tell' : isLive ? 'follows from no contract' : 'is missing';
  return { what: table === 'event' ? `a kept event ${what}` : `a fact ${what}`, where: { table, id } };
}
