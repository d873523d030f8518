import { setTimeout as pause } from 'node:timers/promises';
import { Unreachable } from './archive.js';
import { errorClassOf } from './failure.js';
import type { Handling } from './handling.js';
import { type Arrived, type Letter, mostTries, type Origin } from './origin.js';
import type { ParkedMessages } from './parked.js';
import type { StrategyOptions } from './ports.js';

/** A contract that no delivery brings any more, as its publisher tells it. */
export interface Missed {
  id: string;
  type: string;
}

interface Fetched extends Arrived {
  tries: number;
}

/** What became of messages that had been missed. */
export interface CaughtUp {
  taken: number;
  parked: number;
  setAside: number;
}

export interface FromPublisherOptions extends Pick<StrategyOptions, 'intake' | 'recordIn' | 'onTrouble' | 'onSetAside'> {
  handling: Handling;
  parking: Pick<ParkedMessages, 'park' | 'taken'>;
  isClosing: () => boolean;
  retryMs?: number;
}

const parkedRetryMs = 100;
/** Somebody whom all of them need is waited for through so many tries, some half a minute. */
const mostWaits = 30;

/** Messages read from whoever published them, handled as a delivery is: what fails is tried as often, and set aside then. */
export class FromPublisher implements Origin<Fetched> {
  private readonly result: CaughtUp = { taken: 0, parked: 0, setAside: 0 };
  private again: Fetched[] = [];
  private waits = 0;

  constructor(
    private readonly stream: string,
    private readonly options: FromPublisherOptions,
  ) {}

  /** Throws `Unreachable` where somebody whom all of them need stays away; what was taken before stays taken. */
  async take(missed: readonly Missed[]): Promise<CaughtUp> {
    const { retryMs = 1_000 } = this.options;
    let batch = await this.readable(missed);
    for (let tries = 1; batch.length > 0; tries += 1) {
      await this.options.handling.handle(batch, this);
      batch = this.again.splice(0);
      if (batch.length > 0) await pause(Math.min(retryMs, 50 * tries));
    }
    return this.result;
  }

  async done(batch: Fetched[]): Promise<void> {
    this.result.taken += batch.length;
    await this.options.parking.taken(batch.map(({ contract }) => contract.subject));
  }

  async notYet(batch: Fetched[], error: unknown): Promise<void> {
    this.options.onTrouble(error, batch.length, batch[0]?.contract.type);
    const parked = batch.map(({ contract: { id, type, subject } }) => ({ messageId: id, stream: this.stream, streamSequence: 0, type, recordId: subject }));
    await this.options.parking.park(parked, parkedRetryMs);
    this.result.parked += batch.length;
  }

  async wait(batch: Fetched[], error: unknown): Promise<void> {
    this.options.onTrouble(error, batch.length, batch[0]?.contract.type);
    this.waits += 1;
    if (this.options.isClosing() || this.waits > mostWaits) {
      throw new Unreachable('a service that these messages need cannot be reached', { cause: error });
    }
    this.again.push(...batch);
  }

  async failed(message: Fetched, error: unknown): Promise<void> {
    this.options.onTrouble(error, 1, message.contract.type);
    message.tries += 1;
    if (message.tries >= mostTries) await this.setAside(message.contract, error, message.tries);
    else this.again.push(message);
  }

  private async setAside(missed: Missed, error: unknown, attempts: number): Promise<void> {
    const { id: messageId, type } = missed;
    const letter: Letter = { messageId, stream: this.stream, streamSequence: 0, type, errorClass: errorClassOf(error), attempts, recordId: this.options.recordIn?.(missed) };
    if (await this.options.intake.setAside(letter)) this.options.onSetAside(letter);
    this.result.setAside += 1;
  }

  private async readable(missed: readonly Missed[]): Promise<Fetched[]> {
    const read: Fetched[] = [];
    for (const one of missed) {
      try {
        const arrived = this.options.handling.read(one.type, one);
        if (arrived) read.push({ ...arrived, tries: 0 });
      } catch (error) {
        await this.setAside(one, error, 1);
      }
    }
    return read;
  }
}
