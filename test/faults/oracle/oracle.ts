import type { Deeds, Ledger } from '../load/ledger.ts';
import type { FaultSystem } from '../plant/system.ts';
import { readStreams } from './broker.ts';
import { canaries } from './canaries.ts';
import { letters, published, taking } from './carried.ts';
import { chains } from './chains.ts';
import { answers, effects } from './effects.ts';
import type { Publisher } from './expected.ts';
import type { Finding } from './finding.ts';
import { positions, readJournals, rowsAfter } from './journals.ts';
import { gained, measured } from './measures.ts';
import { verified } from './verify.ts';

/** What the system was like before a run, so that a run is judged by what it added. */
export class Oracle {
  readonly #system: FaultSystem;
  readonly #before: { positions: Record<Publisher, number>; deeds: Deeds };

  private constructor(system: FaultSystem, before: { positions: Record<Publisher, number>; deeds: Deeds }) {
    this.#system = system;
    this.#before = before;
  }

  static async look(system: FaultSystem): Promise<Oracle> {
    system.meant.isImported = false;
    const [at, deeds] = await Promise.all([system.asOwner(positions), measured(system)]);
    return new Oracle(system, { positions: at, deeds });
  }

  /** Everything that is not as it should be, asked of the database, the broker and the files themselves. */
  async judge(ledger: Ledger): Promise<Finding[]> {
    const system = this.#system;
    const { meant } = system;
    const messages = await readStreams(system);
    return system.asOwner(async (client) => {
      const all = await readJournals(client);
      const added = rowsAfter(all, this.#before.positions);
      return [
        ...effects(ledger.acknowledged, added),
        ...answers(added),
        ...chains(all),
        ...published(all, messages, (id) => meant.isMessage(id)),
        ...(await taking(client, all, messages)),
        ...(await letters(client, (id) => meant.letters.has(id))),
        ...(meant.isImported ? [] : gained(this.#before.deeds, await measured(system), ledger.deeds)),
        ...(await canaries(system, client, messages)),
        ...(await verified(system)),
      ];
    });
  }
}
