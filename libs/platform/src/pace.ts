import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

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

  /** Counts one request of this asker. Throws TooFast where it is one too many. */
  async count(asker: string): Promise<void> {
    await this.#limiter.consume(asker).catch(({ msBeforeNext }: RateLimiterRes) => {
      throw new TooFast(Math.ceil(msBeforeNext / 1000));
    });
  }
}
