import { setTimeout as pause } from 'node:timers/promises';
import type { Ground } from '../bench.ts';
import { post, type Posting } from '../load/posting.ts';
import { inDatabase } from '../plant/plain-database.ts';
import { Program } from '../plant/program.ts';

const everyMs = 50;
const patienceMs = 120_000;

/** The line on pg-boss: a program that takes posts, and one that works off `steps` jobs of each, in a database of their own. */
export class Boss {
  readonly #programs: readonly Program[];
  readonly #databaseUrl: string;
  readonly #steps: number;
  #due = 0;

  private constructor(programs: readonly Program[], { databaseUrl, steps }: { databaseUrl: string; steps: number }) {
    this.#programs = programs;
    this.#databaseUrl = databaseUrl;
    this.#steps = steps;
  }

  static async start(ground: Ground, at: { databaseUrl: string; steps: number }): Promise<Boss> {
    const settings = { DATABASE_URL: at.databaseUrl, STEPS: String(at.steps) };
    const start = (file: string): Promise<Program> => Program.start(ground, new URL(file, import.meta.url), settings);
    // The worker makes the queue and the tables.
    const worker = await start('boss-work.ts');
    return new Boss([await start('boss-post.ts'), worker], at);
  }

  /** Lets both programs run for as long as they are measured, with nothing in their tables yet: looking whether they are done is to cost nothing. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    await inDatabase(this.#databaseUrl, (client) => client.query('truncate posted, projected'));
    this.#due = 0;
    const [poster, worker] = this.#programs;
    return poster!.during(() => worker!.during(work));
  }

  /** Has so many concerns posted, and waits until every job of theirs is done. */
  async take(load: Posting & { amount: number }): Promise<void> {
    this.#due += load.amount * this.#steps;
    await post({ url: this.#programs[0]!.url, path: '/concerns', headers: {} }, load);
    await inDatabase(this.#databaseUrl, async (client) => {
      const done = async () => (await client.query<{ n: number }>('select count(*)::int as n from projected')).rows[0]!.n;
      for (const end = performance.now() + patienceMs; (await done()) < this.#due; await pause(everyMs)) {
        if (performance.now() > end) throw new Error(`pg-boss did not come to its end within ${patienceMs / 1_000} s`);
      }
    });
  }
}
