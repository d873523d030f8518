import type { JsMsg } from '@nats-io/jetstream';
import { readable } from './archive.js';
import { backOffMs, errorClassOf } from './failure.js';
import type { HeldUp } from './held-up.js';
import { type Arrived, type Letter, mostTries, type Origin } from './origin.js';
import type { ParkedMessages } from './parked.js';
import type { StrategyOptions } from './ports.js';

/** A message as a stream brings it. */
export interface Delivered extends Arrived {
  message: JsMsg;
}

/** As many as may be on their way to one consumer (`set-up.ts`). */
const mostRemembered = 4_000;
const parkedRetryMs = 100;
/** Somebody who is away is asked again this soon, however often before. */
const longestWaitMs = 5_000;

/** What becomes of messages at the broker: acknowledged, delivered again later, parked, or set aside. Every row is committed before the broker hears of it. */
export class FromStream implements Origin<Delivered> {
  /** How often each has failed here. The broker's own count tells also of waits, and of deliveries to a process that died. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly options: Pick<StrategyOptions, 'intake' | 'recordIn' | 'onTrouble' | 'onSetAside'>,
    private readonly parking: Pick<ParkedMessages, 'park' | 'taken'>,
    private readonly heldUp: HeldUp,
  ) {}

  async done(batch: Delivered[]): Promise<void> {
    this.letGo(batch);
    await this.parking.taken(batch.map(({ contract }) => contract.subject));
  }

  async notYet(batch: Delivered[], error: unknown): Promise<void> {
    this.options.onTrouble(error, batch.length, batch[0]?.message.subject);
    try {
      await this.parking.park(
        batch.map(({ message, contract }) => ({
          messageId: contract.id, stream: message.info.stream, streamSequence: message.seq, type: contract.type, recordId: contract.subject,
        })),
        parkedRetryMs,
      );
    } catch (failure) {
      return this.wait(batch, failure);
    }
    this.letGo(batch);
  }

  async wait(batch: Delivered[], error: unknown): Promise<void> {
    this.options.onTrouble(error, batch.length, batch[0]?.message.subject);
    for (const { message } of batch) message.nak(Math.min(longestWaitMs, backOffMs(message.info.deliveryCount)));
    this.heldUp.add(batch.map(keyOf));
  }

  async failed(delivered: Delivered, error: unknown): Promise<void> {
    const { message, contract } = delivered;
    this.options.onTrouble(error, 1, message.subject);
    const failures = this.countFailure(keyOf(delivered));
    if (failures < mostTries) return message.nak(backOffMs(failures));
    await this.setAside(message, error, { messageId: contract.id, attempts: failures });
  }

  async setAside(message: JsMsg, error: unknown, known: Partial<Pick<Letter, 'messageId' | 'attempts'>> = {}): Promise<void> {
    const letter: Letter = {
      messageId: messageIdOf(message),
      stream: message.info.stream,
      streamSequence: message.seq,
      type: message.subject,
      errorClass: errorClassOf(error),
      attempts: message.info.deliveryCount,
      recordId: this.options.recordIn?.(readable(message.string())),
      ...known,
    };
    try {
      const isNew = await this.options.intake.setAside(letter);
      message.term();
      if (isNew) this.options.onSetAside(letter);
    } catch (failure) {
      this.options.onTrouble(failure, 1);
      message.nak(5_000);
    }
  }

  private letGo(batch: Delivered[]): void {
    for (const { message } of batch) message.ack();
    const keys = batch.map(keyOf);
    this.heldUp.remove(keys);
    for (const key of keys) this.failures.delete(key);
  }

  private countFailure(key: string): number {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.delete(key);
    this.failures.set(key, failures);
    // What another process took in the end would be remembered for ever.
    if (this.failures.size > mostRemembered) this.failures.delete(this.failures.keys().next().value!);
    return failures;
  }
}

/** Our own id, or where the message lies if it came without one. */
const messageIdOf = (message: JsMsg): string => message.headers?.get('Nats-Msg-Id') || `${message.info.stream}/${message.seq}`;

const keyOf = ({ message }: Delivered): string => `${message.info.stream}/${message.seq}`;
