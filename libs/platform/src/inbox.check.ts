import { setTimeout as pause } from 'node:timers/promises';
import type { Check, Finding, Looked, Queries } from '#libs/journal';
import { reads } from '#libs/messaging';
import { contractPages, type PlacedContract } from './contract-pages.js';

export interface InboxCheckParts {
  service: string;
  queries: Queries;
  /** Where the services answer whose streams this one reads. */
  publishers: Readonly<Record<string, string | undefined>>;
  /** The types that this service takes; undefined before it has begun to. */
  types: () => readonly string[] | undefined;
  everyMs?: number;
}

type Missing = Pick<PlacedContract, 'id' | 'type' | 'position'>;

const most = 10_000;
/** What is on its way arrives: something is missing when it stayed away while nothing else came, for so many looks. */
const idleLooks = 3;
/** One that came early may wait so long for the one that it builds on. */
const parkedAtMostSeconds = 60;

/** Every contract that a service must know is in its inbox; the table's key has seen to it that none is there twice. */
export class InboxCheck implements Check {
  readonly name = 'inbox';

  constructor(private readonly parts: InboxCheckParts) {}

  async *run(): AsyncGenerator<Finding, Looked> {
    const { service, publishers, types, everyMs = 2_000 } = this.parts;
    const wanted = new Set(types());
    const streams = reads[service] ?? [];
    if (streams.length > 0 && wanted.size === 0) throw new Error('this service takes no messages yet');
    let looked = 0;
    for (const publisher of streams) {
      const url = publishers[publisher];
      if (url === undefined) throw new Error(`nobody has said where ${publisher} answers`);
      let missing: Missing[] = [];
      for await (const page of contractPages(url)) {
        const ours = page.filter(({ type }) => wanted.has(type)).map(({ id, type, position }) => ({ id, type, position }));
        looked += ours.length;
        missing.push(...(await this.notTaken(ours)));
        // So many can be late while much arrives, and most of them are here by now.
        if (missing.length > most) missing = (await this.notTaken(missing)).slice(0, most);
      }
      for (let idle = 0; missing.length > 0 && idle < idleLooks; ) {
        await pause(everyMs);
        const still = await this.notTaken(missing);
        idle = still.length < missing.length ? 0 : idle + 1;
        missing = still;
      }
      yield* this.tell(publisher, missing);
    }
    return { looked };
  }

  private async notTaken(contracts: Missing[]): Promise<Missing[]> {
    if (contracts.length === 0) return [];
    const rows: { id: string }[] = await this.parts.queries.query(
      'select id from unnest($1::text[]) id where not exists (select from inbox where message_id = id)',
      [contracts.map(({ id }) => id)],
    );
    const absent = new Set(rows.map(({ id }) => id));
    return contracts.filter(({ id }) => absent.has(id));
  }

  private async *tell(publisher: string, missing: Missing[]): AsyncGenerator<Finding> {
    const ids = [missing.map(({ id }) => id)];
    const letters: { id: string }[] = await this.parts.queries.query('select message_id as id from dead_letter where message_id = any($1)', ids);
    const parked: { id: string; seconds: number }[] = await this.parts.queries.query(
      'select message_id as id, extract(epoch from now() - parked_at)::float8 as seconds from parked where message_id = any($1)',
      ids,
    );
    const setAside = new Set(letters.map(({ id }) => id));
    const waits = new Map(parked.map(({ id, seconds }) => [id, seconds]));
    for (const { id, type, position } of missing) {
      const where = { publisher, position, message: id, type };
      const seconds = waits.get(id);
      if (setAside.has(id)) yield { what: 'a contract was not taken: it was set aside and waits for a person', where };
      else if (seconds === undefined) yield { what: 'a contract was not taken, and nothing says why', where };
      else if (seconds > parkedAtMostSeconds) yield { what: 'a contract was not taken: it waits for the one that it builds on', where };
    }
  }
}
