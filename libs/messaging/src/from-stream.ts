import type { JsMsg } from '@nats-io/jetstream';
import { backOffMs, errorClassOf } from './failure.js';
import type { HeldUp } from './held-up.js';
import { type Arrived, type Letter, mostTries, type Origin } from './origin.js';
import type { ParkedMessages } from './parked.js';
import type { StrategyOptions } from './ports.js';

/** A message as a stream brings it. */
export interface Delivered extends Arrived {
  message: JsMsg;
}

const parkedRetryMs = 100;
/** Somebody who is away is asked again this soon, however often before. */
const longestWaitMs = 5_000;

/** What becomes of messages at the broker: acknowledged, delivered again later, parked, or set aside. Every row is committed before the broker hears of it. */
export class FromStream implements Origin<Delivered> {
  constructor(
    private readonly options: Pick<StrategyOptions, 'intake' | 'onTrouble' | 'onSetAside'>,
    private readonly parking: Pick<ParkedMessages, 'park' | 'taken'>,
    private readonly heldUp: HeldUp,
  ) {}

  async done(batch: Delivered[]): Promise<void> {
    for (const { message } of batch) message.ack();
    this.heldUp.remove(batch.map(keyOf));
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
    for (const { message } of batch) message.ack();
    this.heldUp.remove(batch.map(keyOf));
  }

  async wait(batch: Delivered[], error: unknown): Promise<void> {
    this.options.onTrouble(error, batch.length, batch[0]?.message.subject);
    for (const { message } of batch) message.nak(Math.min(longestWaitMs, backOffMs(message.info.deliveryCount)));
    this.heldUp.add(batch.map(keyOf));
  }

  async failed({ message, contract }: Delivered, error: unknown): Promise<void> {
    this.options.onTrouble(error, 1, message.subject);
    const tries = message.info.deliveryCount;
    if (tries < mostTries) return message.nak(backOffMs(tries));
    await this.setAside(message, error, contract.id);
  }

  async setAside(message: JsMsg, error: unknown, messageId = messageIdOf(message)): Promise<void> {
    const letter: Letter = {
      messageId,
      stream: message.info.stream,
      streamSequence: message.seq,
      type: message.subject,
      errorClass: errorClassOf(error),
      attempts: message.info.deliveryCount,
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
}

/** Our own id, or where the message lies if it came without one. */
const messageIdOf = (message: JsMsg): string => message.headers?.get('Nats-Msg-Id') || `${message.info.stream}/${message.seq}`;

const keyOf = ({ message }: Delivered): string => `${message.info.stream}/${message.seq}`;
