import { setTimeout as pause } from 'node:timers/promises';
import type { Check, Finding, Looked, Queries } from '#libs/journal';
import { reads } from '#libs/messaging';
import { contractPages, type PlacedContract } from './contract-pages.js';
import type { Signing } from './peer.js';

export interface InboxCheckParts {
  service: string;
  queries: Queries;
  /** Where the services answer whose streams this one reads. */
  publishers: Readonly<Record<string, string | undefined>>;
  /** The headers that say who asks them. */
  signing: Signing;
  /** The types that this service takes; undefined before it has begun to. */
  types: () => readonly string[] | undefined;
  everyMs?: number;
  /** As many that are missing are held in memory, some pages aside; 10,000 unless told. */
  most?: number;
}

type Missing = Pick<PlacedContract, 'id' | 'type' | 'position'>;

/** A part of what a publisher told. */
interface Read {
  looked: number;
  missing: Missing[];
  /** Undefined where everything was read. */
  readOnFrom: number | undefined;
}

/** What is on its way arrives: something is missing when it stayed away while nothing else came, for so many looks. */
const idleLooks = 3;
/** One that came early may wait so long for the one that it builds on. */
const parkedAtMostSeconds = 60;

/** Every contract that a service must know is in its inbox; the table's key has seen to it that none is there twice. */
export class InboxCheck implements Check {
  readonly name = 'inbox';

  constructor(private readonly parts: InboxCheckParts) {}

  async *run(): AsyncGenerator<Finding, Looked> {
    const { service, publishers, types } = this.parts;
    const streams = reads[service] ?? [];
    if (streams.length > 0 && (types()?.length ?? 0) === 0) throw new Error('this service takes no messages yet');
    let looked = 0;
    for (const publisher of streams) {
      const url = publishers[publisher];
      if (url === undefined) throw new Error(`nobody has said where ${publisher} answers`);
      for (let after: number | undefined = 0; after !== undefined; ) {
        const read: Read = await this.readFrom(url, after);
        looked += read.looked;
        yield* this.tell(publisher, await this.lasting(read.missing));
        after = read.readOnFrom;
      }
    }
    return { looked };
  }

  /** Up to as many missing ones as are held at once. */
  private async readFrom(url: string, after: number): Promise<Read> {
    const { signing, types, most = 10_000 } = this.parts;
    const wanted = new Set(types());
    let looked = 0;
    let missing: Missing[] = [];
    for await (const page of contractPages({ url, signing }, after)) {
      const ours = page.filter(({ type }) => wanted.has(type)).map(({ id, type, position }) => ({ id, type, position }));
      looked += ours.length;
      missing.push(...(await this.notTaken(ours)));
      // So many can be late while much arrives, and most of them are here by now.
      if (missing.length > most) missing = await this.notTaken(missing);
      if (missing.length > most) {
        // The page may end between two versions of one event: the last position is read again.
        const last = page.at(-1)!.position;
        const isBefore = ({ position }: Missing): boolean => position < last;
        if (missing.some(isBefore)) return { looked: looked - ours.filter((one) => !isBefore(one)).length, missing: missing.filter(isBefore), readOnFrom: last - 1 };
      }
    }
    return { looked, missing, readOnFrom: undefined };
  }

  private async lasting(missing: Missing[]): Promise<Missing[]> {
    const { everyMs = 2_000 } = this.parts;
    let lasting = missing;
    for (let idle = 0; lasting.length > 0 && idle < idleLooks; ) {
      await pause(everyMs);
      const still = await this.notTaken(lasting);
      idle = still.length < lasting.length ? 0 : idle + 1;
      lasting = still;
    }
    return lasting;
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
