import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const everyMs = 2;
const patienceMs = 60_000;

interface Awaited {
  until: number;
  seen(at: number): void;
  missed(error: Error): void;
}

/** Says when the facts of concerns can be read in metrics, by looking every two milliseconds as somebody who reads them would. */
export class FactWatch {
  readonly #client: Client;
  readonly #awaited = new Map<string, Awaited>();
  #isOver = false;
  #looking: Promise<void> | undefined;

  constructor(databaseUrl: string) {
    this.#client = new Client({ connectionString: databaseUrl });
  }

  async open(): Promise<void> {
    await this.#client.connect();
    // The plan is kept, and one that was made while there were few facts would read all of them again and again.
    await this.#client.query('set enable_seqscan = off');
  }

  /** Resolves with the moment at which the fact of this concern was there, by `performance.now()`. */
  seen(concernId: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#awaited.set(concernId, { until: performance.now() + patienceMs, seen: resolve, missed: reject });
      this.#looking ??= this.#look()
        .catch((error: Error) => this.#giveUp(error))
        .finally(() => (this.#looking = undefined));
    });
  }

  async close(): Promise<void> {
    this.#isOver = true;
    await this.#looking;
    await this.#client.end();
  }

  async #look(): Promise<void> {
    while (this.#awaited.size > 0 && !this.#isOver) {
      const { rows } = await this.#client.query<{ id: string }>({ name: 'facts', text: 'select distinct id from metrics.concern_fact where id = any($1::uuid[])', values: [[...this.#awaited.keys()]] });
      const now = performance.now();
      for (const { id } of rows) this.#take(id)?.seen(now);
      for (const [id, { until }] of this.#awaited) if (now > until) this.#take(id)?.missed(new Error(`the fact of a concern was not there after ${patienceMs / 1_000} s`));
      await pause(everyMs);
    }
  }

  #giveUp(error: Error): void {
    for (const id of this.#awaited.keys()) this.#take(id)?.missed(error);
  }

  #take(id: string): Awaited | undefined {
    const awaited = this.#awaited.get(id);
    this.#awaited.delete(id);
    return awaited;
  }
}
