import { setInterval as every } from 'node:timers/promises';
import { BrokerCheck, connectBroker } from '#libs/messaging';
import { setUpUser } from '../servers/nats.ts';
import type { Infrastructure } from './infrastructure.ts';

const everyMs = 5_000;
/** A broker that only started, or is filling its streams again, is given this long. */
const patienceMs = 30_000;
/** Where ending it did not help, as on a disk that is still full, it is left alone for longer and longer. */
const mostPatienceMs = 300_000;

export interface Watched {
  /** Whether it took something just now and gave it back. */
  isKeeping(): Promise<boolean>;
  /** Ends it, so that its keeper starts it again. */
  end(): void;
  say(line: string): void;
  /** Monotonic, in milliseconds. */
  now(): number;
}

/** Ends a broker that runs and keeps nothing: version 2.9 hangs when its disk was full, and for good, also when there is room again. */
export class BrokerWatch {
  readonly #watched: Watched;
  #wellAtMs: number;
  #patienceMs = patienceMs;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#wellAtMs = watched.now();
  }

  async look(): Promise<void> {
    const { isKeeping, end, say, now } = this.#watched;
    if (await isKeeping()) {
      this.#wellAtMs = now();
      this.#patienceMs = patienceMs;
      return;
    }
    const unwellMs = now() - this.#wellAtMs;
    if (unwellMs < this.#patienceMs) return;
    say(`The broker has kept nothing for ${Math.round(unwellMs / 1000)} s; it is ended and started again. What is accepted meanwhile waits in the database.`);
    end();
    this.#wellAtMs = now();
    this.#patienceMs = Math.min(2 * this.#patienceMs, mostPatienceMs);
  }
}

/** Looks at our own broker until the signal ends it. */
export async function watchBroker({ natsUrl, brokerLogin }: Infrastructure, hands: Pick<Watched, 'end' | 'say'>, signal: AbortSignal): Promise<void> {
  const connection = await connectBroker({ url: natsUrl, ...brokerLogin(setUpUser) }, 'watch');
  const check = new BrokerCheck(connection, setUpUser, false);
  const watch = new BrokerWatch({ ...hands, isKeeping: async () => (await check.state()).isUp, now: () => performance.now() });
  try {
    for await (const _ of every(everyMs, undefined, { ref: false, signal })) await watch.look();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await connection.close();
  }
}
