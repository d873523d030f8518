import type { ServiceName } from '../../../tools/start/services.ts';

/** A command that a service said it had taken: the record went from one version to another. */
export interface Acknowledged {
  service: ServiceName;
  recordId: string;
  what: string;
  from: number;
  to: number;
}

/** What became of cases, as far as the load brought them: what the measures must have gained. */
export interface Deeds {
  concerns: number;
  s42Enquiries: number;
  concluded: number;
  granted: number;
}

/** Everything that was acknowledged in one run, kept outside the system under test. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  readonly deeds: Deeds = { concerns: 0, s42Enquiries: 0, concluded: 0, granted: 0 };
  /** Answers that said "not now", and connections that broke. */
  retries = 0;
  /** By service, how often it said that it could take nothing just now. */
  readonly refusals: Partial<Record<ServiceName, number>> = {};
  readonly #begunAt = performance.now();
  #lastAt = this.#begunAt;
  #longestStopMs = 0;

  take(one: Acknowledged): void {
    this.acknowledged.push(one);
    this.look();
    this.#lastAt = performance.now();
  }

  did(deed: keyof Deeds): void {
    this.deeds[deed] += 1;
  }

  undid(deed: keyof Deeds): void {
    this.deeds[deed] -= 1;
  }

  refused(service: ServiceName): void {
    this.refusals[service] = (this.refusals[service] ?? 0) + 1;
  }

  /** The longest time in which nothing was acknowledged. */
  get longestStopMs(): number {
    return this.#longestStopMs;
  }

  private look(): void {
    this.#longestStopMs = Math.max(this.#longestStopMs, performance.now() - this.#lastAt);
  }
}
