import { setTimeout as pause } from 'node:timers/promises';
import { type Archive, Unreachable } from './archive.js';
import { backOffMs, errorClassOf } from './failure.js';
import type { Handling } from './handling.js';
import { type Arrived, type Letter, mostTries, type Origin } from './origin.js';
import type { NewlyParked, ParkedMessage, ParkingPlace, StrategyOptions } from './ports.js';

interface Retried extends Arrived {
  parked: ParkedMessage;
}

const batchSize = 500;
const askedAtOnce = 16;
/** While nothing waits; another process of this service may have parked something. */
const idleMs = 1_000;
const busyMs = 100;
/** Whoever could not be reached is asked again after this. */
const awayMs = 5_000;

class Gone extends Error {}

/** Takes parked messages again: at once when something of their record was taken, and now and then in any case. */
export class ParkedMessages implements Origin<Retried> {
  private isStopped = false;
  private isAnyParked = true;
  private running: Promise<void> | undefined;
  private wakeUp: () => void = () => {};

  constructor(
    private readonly options: Pick<StrategyOptions, 'recordIn' | 'onTrouble' | 'onSetAside'> & { place: ParkingPlace; archive: Archive; handling: Handling },
  ) {}

  start(): void {
    this.running ??= this.keepLooking();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.wakeUp();
    await this.running;
  }

  async park(messages: NewlyParked[], retryMs: number): Promise<void> {
    await this.options.place.park(messages, retryMs);
    this.isAnyParked = true;
    this.wakeUp();
  }

  /** Messages of these records were taken: what was parked behind them is due. Where this fails, it comes a little later by itself. */
  async taken(recordIds: string[]): Promise<void> {
    if (!this.isAnyParked) return;
    await this.options.place.wake(recordIds).catch((error: unknown) => this.options.onTrouble(error, 0));
    this.wakeUp();
  }

  async done(batch: Retried[]): Promise<void> {
    await this.options.place.leave(batch.map(({ parked }) => parked.messageId));
    await this.taken(batch.map(({ parked }) => parked.recordId));
  }

  async notYet(batch: Retried[]): Promise<void> {
    await this.options.place.putBack(batch.map(({ parked }) => ({ messageId: parked.messageId, failures: parked.failures, retryMs: backOffMs(parked.tries) })));
  }

  async wait(batch: Retried[]): Promise<void> {
    await this.options.place.putBack(batch.map(({ parked: { messageId, failures } }) => ({ messageId, failures, retryMs: awayMs })));
  }

  async failed({ parked, contract }: Retried, error: unknown): Promise<void> {
    this.options.onTrouble(error, 1, parked.type);
    const failures = parked.failures + 1;
    if (failures < mostTries) return this.options.place.putBack([{ messageId: parked.messageId, failures, retryMs: backOffMs(failures) }]);
    await this.setAside(parked, error, contract);
  }

  /** Tries what is due now, once. Returns how many that were. */
  async takeDue(): Promise<number> {
    const due = await this.options.place.takeDue(batchSize);
    await this.options.handling.handle(await this.readAll(due), this);
    return due.length;
  }

  private async setAside({ messageId, stream, streamSequence, type, tries, recordId: subject }: ParkedMessage, error: unknown, content: unknown = { subject }): Promise<void> {
    const letter: Letter = { messageId, stream, streamSequence, type, errorClass: errorClassOf(error), attempts: tries, recordId: this.options.recordIn?.(content) };
    await this.options.place.setAside(letter);
    this.options.onSetAside(letter);
  }

  private async keepLooking(): Promise<void> {
    while (!this.isStopped) {
      try {
        if ((await this.takeDue()) === batchSize) continue;
        this.isAnyParked = (await this.options.place.waiting()).messages > 0;
      } catch (error) {
        this.options.onTrouble(error, 0);
        await pause(500);
      }
      if (!this.isStopped) await this.rest();
    }
  }

  private async readAll(due: ParkedMessage[]): Promise<Retried[]> {
    const read: (Retried | undefined)[] = [];
    const left = [...due.entries()];
    const lane = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) read[next[0]] = await this.read(next[1]);
    };
    await Promise.all(Array.from({ length: askedAtOnce }, lane));
    return read.filter((one) => one !== undefined);
  }

  /** Undefined where it cannot be tried now, or never again. */
  private async read(parked: ParkedMessage): Promise<Retried | undefined> {
    try {
      const found = await this.options.archive.find(parked);
      if (!found) throw new Gone('nobody has this message any more');
      const arrived = this.options.handling.read(parked.type, found.content);
      if (arrived) return { ...arrived, parked };
      await this.options.place.leave([parked.messageId]);
    } catch (error) {
      if (error instanceof Unreachable) await this.options.place.putBack([{ ...parked, retryMs: awayMs }]);
      else await this.setAside(parked, error);
    }
    return undefined;
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.isAnyParked ? busyMs : idleMs);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
