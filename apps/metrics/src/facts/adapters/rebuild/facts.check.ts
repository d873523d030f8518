import { setTimeout as pause } from 'node:timers/promises';
import type { Check, Finding, Looked } from '#libs/journal';
import { Sources } from './draw-up.js';
import type { FactsOrigin } from './facts-origin.js';
import { Shadow, shadowTables, ShadowTaken } from './shadow.js';

type Table = Exclude<(typeof shadowTables)[number], 'inbox'> | 'tally' | 'repeat_concern';

interface Difference {
  table: Table;
  id: string;
  /** It is among the live rows, and not so among those that follow from the contracts. */
  isLive: boolean;
  isFolded: boolean;
}

const compared: Table[] = [...shadowTables.filter((table) => table !== 'inbox'), 'tally', 'repeat_concern'];
/** A count is found by what it is a count of; its id follows from that. */
const keys: Partial<Record<Table, string>> = { event: 'record_id', disposed_person: 'person_id', tally: `md5(concat_ws(' ', counted, authority, day, month, part))::uuid` };
/** None of something is as good as no row. */
const rowsOf = (schema: string, table: Table): string => `select * from ${schema}.${table}${table === 'tally' ? ' where cases <> 0' : ''}`;
const page = 1_000;
const nil = '00000000-0000-0000-0000-000000000000';
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
      await this.untilLasting(shadow, sources);
      yield* findings(shadow);
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

  /** A difference that was not there at the first look is something on its way. */
  private async untilLasting(shadow: Shadow, sources: Sources): Promise<void> {
    await shadow.queries.query(`create temp table differing (of text, id uuid, is_live boolean, is_folded boolean, primary key (of, id))`);
    await sources.catchUp(shadow);
    await shadow.queries.query(`insert into differing ${differences}`);
    let lasting = await lastingIn(shadow);
    for (let idle = 0; lasting > 0 && idle < idleLooks; ) {
      await pause(this.everyMs);
      await sources.catchUp(shadow);
      await shadow.queries.query(`with now as (${differences}) delete from differing where not exists (select from now where now.of = differing.of and now.id = differing.id)`);
      const now = await lastingIn(shadow);
      idle = now < lasting ? 0 : idle + 1;
      lasting = now;
    }
  }
}

/** Tables of the same shape, row by row, in the database. */
const differences = compared
  .map((table) => {
    const key = keys[table] ?? 'id';
    return `select '${table}' as of, id, bool_or(is_live) as is_live, bool_or(not is_live) as is_folded from (
       select ${key} as id, true as is_live from (${rowsOf('metrics', table)} except ${rowsOf('metrics_shadow', table)}) live
       union all
       select ${key} as id, false as is_live from (${rowsOf('metrics_shadow', table)} except ${rowsOf('metrics', table)}) folded
     ) one group by id`;
  })
  .join(' union all ');

async function lastingIn(shadow: Shadow): Promise<number> {
  const [row]: { rows: number }[] = await shadow.queries.query('select count(*) as rows from differing');
  return row!.rows;
}

async function* findings(shadow: Shadow): AsyncGenerator<Finding> {
  for (let after = ['', nil]; ; ) {
    const rows: Difference[] = await shadow.queries.query(
      `select of as table, id, is_live as "isLive", is_folded as "isFolded" from differing where (of, id) > ($1, $2) order by of, id limit ${page}`,
      after,
    );
    for (const row of rows) yield findingOf(row);
    if (rows.length < page) return;
    after = [rows.at(-1)!.table, rows.at(-1)!.id];
  }
}

function findingOf({ table, id, isLive, isFolded }: Difference): Finding {
  const what = isLive && isFolded ? 'differs from what its contracts tell' : isLive ? 'follows from no contract' : 'is missing';
  return { what: `${nameOf(table)} ${what}`, where: { table, id } };
}

const nameOf = (table: Table): string => (table === 'event' ? 'a kept event' : table === 'tally' ? 'a count' : 'a fact');
