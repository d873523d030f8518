import { SetMetadata } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

export const COUNTS_ITEMS = Symbol('counts by its items');

/** A request to this route counts as many as it has `items`. */
export const CountsItems = (): MethodDecorator => SetMetadata(COUNTS_ITEMS, true);

/** How many requests a body is where its items count. */
export function itemsIn(body: unknown): number {
  const { items } = (body ?? {}) as { items?: unknown };
  return Array.isArray(items) ? Math.max(1, items.length) : 1;
}

/** Somebody asks more often than one asker may. */
export class TooFast extends Error {
  override readonly name = 'TooFast';

  constructor(readonly waitSeconds: number) {
    super(`You ask more often than anybody here may. Nothing was taken; wait ${waitSeconds} seconds and send it again, with the same Idempotency-Key where there was one.`);
  }
}

/** How often one asker may ask one process in a minute, or in as many seconds as are given. Where a service is several processes, each counts for itself. */
export class Pace {
  readonly #limiter: RateLimiterMemory;

  constructor(requests: number, inSeconds = 60) {
    this.#limiter = new RateLimiterMemory({ points: requests, duration: inSeconds });
  }

  /** Counts a request of this asker, or as many as it stands for. Throws TooFast where that is too many. */
  async count(asker: string, requests = 1): Promise<void> {
    await this.#limiter.consume(asker, requests).catch(({ msBeforeNext }: RateLimiterRes) => {
      throw new TooFast(Math.ceil(msBeforeNext / 1000));
    });
  }
}
