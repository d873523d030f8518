import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { type Contract, parseContract } from '#libs/contracts';
import { backOffMs, isPassing, NotYet } from './failure.js';
import { Mailbox } from './mailbox.js';
import { durableName, reads, type Stream } from './topology.js';
import { spansOf } from './tracing.js';

/** What a handler gets beside its batch. */
export class MessageContext {
  /** The transaction that the batch shares, its inbox rows claimed. */
  constructor(readonly manager: EntityManager) {}
}

/** A message that could not be handled: what it was, and nothing of what it said. */
export interface Letter {
  messageId: string;
  stream: string;
  streamSequence: number;
  type: string;
  errorClass: string;
  attempts: number;
}

/** Where messages are claimed and set aside; `libs/journal` has it. */
export interface Intake {
  take(messageIds: string[], handle: (isNew: (id: string) => boolean, tx: EntityManager) => Promise<void>): Promise<void>;
  setAside(letter: Letter): Promise<void>;
}

export interface StrategyOptions {
  service: string;
  connection: NatsConnection;
  intake: Intake;
  onTrouble: (error: unknown, messages: number, type?: string) => void;
  /** A message waits for a person from now on. */
  onSetAside: (letter: Letter) => void;
}

interface Arrived {
  message: JsMsg;
  contract: Contract;
  handler: MessageHandler;
}

const batchSize = 500;
const mostTries = 8;

/**
 * How often a batch is halved to find what fails in it. What only waits is looked for once deeper with each delivery, so
 * that many messages that wait cost little, and what lies beside them is kept waiting a few deliveries at most.
 */
function mostHalvings(batch: Arrived[], error: unknown): number {
  if (!(error instanceof NotYet)) return Number.POSITIVE_INFINITY;
  return error.isForAll ? 0 : Math.max(...batch.map(({ message }) => message.info.deliveryCount));
}

/** JetStream as a Nest transport: waiting messages in batches, one transaction each; acknowledged after the commit. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('jetstream');
  private readonly open: { messages: ConsumerMessages; done: Promise<void> }[] = [];
  override readonly propagatesEventHandlerErrors = true;
  private isClosing = false;

  constructor(private readonly options: StrategyOptions) {
    super();
  }

  listen(callback: () => void): void {
    for (const stream of reads[this.options.service] ?? []) void this.consume(stream);
    callback();
  }

  async close(): Promise<void> {
    this.isClosing = true;
    for (const { messages } of this.open) messages.stop();
    await Promise.all(this.open.map(({ done }) => done));
  }

  // Nest asks for these; nothing here is subscribed to by event name or unwrapped to a native server.
  on(): void {}
  unwrap<T>(): T {
    return this.options.connection as T;
  }

  private async consume(stream: Stream): Promise<void> {
    const { connection, service, onTrouble } = this.options;
    while (!this.isClosing) {
      try {
        const consumer = await jetstream(connection).consumers.get(stream, durableName(service, stream));
        const messages = await consumer.consume({ max_messages: 2 * batchSize, threshold_messages: batchSize });
        const one = { messages, done: this.work(stream, messages) };
        this.open.push(one);
        await one.done.finally(() => this.open.splice(this.open.indexOf(one), 1));
      } catch (error) {
        if (!this.isClosing) onTrouble(error, 0);
      }
      if (!this.isClosing) await pause(500);
    }
  }

  private async work(stream: Stream, messages: ConsumerMessages): Promise<void> {
    const mailbox = new Mailbox<JsMsg>();
    const reading = (async () => {
      try {
        for await (const message of messages) mailbox.put(message);
      } finally {
        mailbox.close();
      }
    })();
    // It is awaited below; until then its failure is nobody's, and an unhandled rejection would end the process.
    reading.catch(() => {});
    try {
      await this.handleAll(stream, mailbox);
    } finally {
      messages.stop();
    }
    await reading;
  }

  private async handleAll(stream: Stream, mailbox: Mailbox<JsMsg>): Promise<void> {
    for (let batch = await mailbox.take(batchSize); batch.length > 0; batch = await mailbox.take(batchSize)) {
      if (this.isClosing) break;
      const stillWorking = setInterval(() => batch.forEach((message) => message.working()), 15_000);
      await this.handle(await this.readable(stream, batch)).finally(() => clearInterval(stillWorking));
    }
  }

  /** What can be read and has a handler; the rest is acknowledged, or set aside where it claims to be ours. */
  private async readable(stream: Stream, batch: JsMsg[]): Promise<Arrived[]> {
    const arrived: Arrived[] = [];
    for (const message of batch) {
      const handler = this.messageHandlers.get(message.subject);
      if (!handler) {
        message.ack();
        continue;
      }
      try {
        const contract = parseContract(message.json());
        if (contract.type !== message.subject) throw new Error('the subject is not the type');
        arrived.push({ message, contract, handler });
      } catch (error) {
        await this.setAside(stream, message, error);
      }
    }
    return arrived;
  }

  private async handle(batch: Arrived[], halvings = 0): Promise<void> {
    if (batch.length === 0) return;
    const spans = spansOf(batch.map(({ contract }) => contract));
    try {
      await this.options.intake.take(
        batch.map(({ contract }) => contract.id),
        (isNew, tx) => this.dispatch(batch.filter(({ contract }) => isNew(contract.id)), new MessageContext(tx)),
      );
      for (const { message } of batch) message.ack();
      spans.end();
    } catch (error) {
      spans.end(error);
      await this.tryAgain(batch, { error, halvings });
    }
  }

  private async dispatch(batch: Arrived[], context: MessageContext): Promise<void> {
    // One method may listen to many types: Nest makes a callback for each and one `extras` for all.
    for (const group of Map.groupBy(batch, ({ handler }) => handler.extras).values()) {
      const result: unknown = await group[0]!.handler(group.map(({ contract }) => contract), context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    }
  }

  private async tryAgain(batch: Arrived[], { error, halvings }: { error: unknown; halvings: number }): Promise<void> {
    if (isPassing(error) && !this.isClosing) {
      this.options.onTrouble(error, batch.length);
      await pause(500);
      return this.handle(batch, halvings);
    }
    if (batch.length > 1 && !this.isClosing && halvings < mostHalvings(batch, error)) {
      const middle = batch.length >> 1;
      await this.handle(batch.slice(0, middle), halvings + 1);
      return this.handle(batch.slice(middle), halvings + 1);
    }
    for (const { message } of batch) await this.postpone(message, error);
  }

  private async postpone(message: JsMsg, error: unknown): Promise<void> {
    const tries = message.info.deliveryCount;
    if (this.isClosing) return message.nak();
    this.options.onTrouble(error, 1, message.subject);
    if (error instanceof NotYet) return message.nak(backOffMs(tries));
    if (tries < mostTries) return message.nak(backOffMs(tries));
    await this.setAside(message.info.stream, message, error);
  }

  private async setAside(stream: string, message: JsMsg, error: unknown): Promise<void> {
    const letter: Letter = {
      messageId: message.headers?.get('Nats-Msg-Id') || `${stream}/${message.seq}`,
      stream,
      streamSequence: message.seq,
      type: message.subject,
      errorClass: error instanceof Error ? error.constructor.name : 'unknown',
      attempts: message.info.deliveryCount,
    };
    try {
      await this.options.intake.setAside(letter);
      message.term();
      this.options.onSetAside(letter);
    } catch (failure) {
      this.options.onTrouble(failure, 1);
      message.nak(5_000);
    }
  }
}
