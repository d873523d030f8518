import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../spread.ts';
import type { BenchSystem } from '../plant/bench-system.ts';
import type { ConcernForms } from './concern-forms.ts';
import type { FactWatch } from './fact-watch.ts';
import { targetOf } from './partner.ts';
import type { Target } from './posting.ts';

/** Between two concerns when nothing else goes on. */
const breathMs = 10;

/** Follows concerns from the answer that they were accepted to their facts being readable. */
export class Following {
  readonly #system: BenchSystem;
  readonly #watch: FactWatch;
  readonly #forms: ConcernForms;

  constructor(system: BenchSystem, watch: FactWatch, forms: ConcernForms) {
    this.#system = system;
    this.#watch = watch;
    this.#forms = forms;
  }

  /** One concern after another, each when the last one's fact was there; the 99th percentile in milliseconds. */
  async unloaded(count: number): Promise<number> {
    const target = await targetOf(this.#system);
    const took: number[] = [];
    for (let at = 0; at < count; at += 1) {
      took.push(await this.#follow(target));
      await pause(breathMs);
    }
    return quantile(took, 0.99);
  }

  /** Concerns at an even rate, whatever became of those before them; the 99th percentile in milliseconds. Throws where they could not be posted at that rate. */
  async atRate(perSecond: number, seconds: number): Promise<number> {
    const target = await targetOf(this.#system);
    const following: Promise<number>[] = [];
    const begunAt = performance.now();
    for (let at = 0; at < perSecond * seconds; at += 1) {
      await pause(Math.max(0, begunAt + (at * 1_000) / perSecond - performance.now()));
      const one = this.#follow(target);
      // It is awaited below; until then its failure is nobody's.
      one.catch(() => undefined);
      following.push(one);
    }
    const took = (performance.now() - begunAt) / 1_000;
    if (took > 1.1 * seconds) throw new Error(`${following.length} concerns took ${took.toFixed(1)} s to be posted, and not ${seconds}`);
    return quantile(await Promise.all(following), 0.99);
  }

  async #follow({ url, path, headers }: Target): Promise<number> {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify(this.#forms.next()),
    });
    if (answer.status !== 201) throw new Error(`a concern was answered with ${answer.status}`);
    const { id } = (await answer.json()) as { id: string };
    const acceptedAt = performance.now();
    return Math.max(0, (await this.#watch.seen(id)) - acceptedAt);
  }
}
