import { setTimeout as pause } from 'node:timers/promises';
import { jetstream, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { EntityManager } from 'typeorm';
import { Advisories } from './advisories.js';
import { Archive, type Found } from './archive.js';
import { type CaughtUp, FromPublisher, type Missed } from './from-publisher.js';
import { type Delivered, FromStream } from './from-stream.js';
import { Handling } from './handling.js';
import { HeldUp } from './held-up.js';
import { Mailbox } from './mailbox.js';
import type { Arrived } from './origin.js';
import { ParkedMessages } from './parked.js';
import type { Reference, StrategyOptions } from './ports.js';
import { durableName, reads, type Stream } from './topology.js';

const batchSize = 500;
/** A broker that was killed or lost the consumer is noticed when a request for messages is not answered within this long; the library's own 30 seconds would be a stop of as many. */
const requestMs = 5_000;
/** Several times within the broker's patience (`set-up.ts`). */
const stillWorkingMs = 3_000;

/** JetStream as a Nest transport: waiting messages in batches, one transaction each; acknowledged after the commit. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('jetstream');
  private readonly open: { messages: ConsumerMessages; done: Promise<void> }[] = [];
  override readonly propagatesEventHandlerErrors = true;
  private isClosing = false;
  private readonly heldUp = new HeldUp();
  private readonly archive: Archive;
  private readonly handling: Handling;
  private readonly parked: ParkedMessages;
  private readonly fromStream: FromStream;
  private readonly advisories: Advisories;

  constructor(private readonly options: StrategyOptions) {
    super();
    const isClosing = (): boolean => this.isClosing;
    this.archive = new Archive(options);
    this.handling = new Handling({ ...options, handlers: this.messageHandlers, isClosing });
    this.parked = new ParkedMessages({ ...options, place: options.parking, archive: this.archive, handling: this.handling });
    this.fromStream = new FromStream(options, this.parked, this.heldUp);
    this.advisories = new Advisories({ ...options, archive: this.archive, isClosing });
  }

  listen(callback: () => void): void {
    for (const stream of reads[this.options.service] ?? []) void this.consume(stream);
    this.parked.start();
    this.advisories.start();
    callback();
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.advisories.stop();
    for (const { messages } of this.open) messages.stop();
    await Promise.all([...this.open.map(({ done }) => done), this.parked.stop()]);
  }

  /** What a message said, from wherever it still is. */
  find(reference: Reference): Promise<Found | undefined> {
    return this.archive.find(reference);
  }

  /** The message as a delivery would bring it. Throws where it cannot be read. */
  read(type: string, content: unknown): Arrived | undefined {
    return this.handling.read(type, content);
  }

  /** Hands over one message as a delivery would, in a transaction that holds its inbox row. Throws what its handler throws. */
  handOver(arrived: Arrived, tx: EntityManager): Promise<void> {
    return this.handling.dispatch([arrived], tx);
  }

  /** Takes messages of a stream that no delivery brings any more, as a delivery would; those of a type that nothing here takes are left out. */
  catchUp(stream: Stream, missed: readonly Missed[]): Promise<CaughtUp> {
    return new FromPublisher(stream, { ...this.options, handling: this.handling, parking: this.parked, isClosing: () => this.isClosing }).take(missed);
  }

  /** Whether the broker says that everything of a stream was delivered to this service and answered. */
  async isAllDelivered(stream: Stream): Promise<boolean> {
    const { connection, service } = this.options;
    const consumer = await jetstream(connection).consumers.get(stream, durableName(service, stream));
    const { num_pending: pending, num_ack_pending: unanswered } = await consumer.info();
    return pending === 0 && unanswered === 0;
  }

  /** Messages that this process has to leave with the broker because somebody whom they need is away. */
  get heldUpNow(): { messages: number; oldestSeconds: number } {
    return this.heldUp.waiting();
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
        const messages = await consumer.consume({ max_messages: 2 * batchSize, threshold_messages: batchSize, expires: requestMs });
        const one = { messages, done: this.work(messages) };
        this.open.push(one);
        await one.done.finally(() => this.open.splice(this.open.indexOf(one), 1));
      } catch (error) {
        if (!this.isClosing) onTrouble(error, 0);
      }
      if (!this.isClosing) await pause(500);
    }
  }

  private async work(messages: ConsumerMessages): Promise<void> {
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
      await this.handleAll(mailbox);
    } finally {
      messages.stop();
    }
    await reading;
  }

  private async handleAll(mailbox: Mailbox<JsMsg>): Promise<void> {
    for (let batch = await mailbox.take(batchSize); batch.length > 0; batch = await mailbox.take(batchSize)) {
      if (this.isClosing) break;
      const stillWorking = setInterval(() => [...batch, ...mailbox.contents].forEach((message) => message.working()), stillWorkingMs);
      await this.handling.handle(await this.readable(batch), this.fromStream).finally(() => clearInterval(stillWorking));
    }
  }

  /** What can be read and has a handler; the rest is acknowledged, or set aside where it claims to be ours. */
  private async readable(batch: JsMsg[]): Promise<Delivered[]> {
    const arrived: Delivered[] = [];
    for (const message of batch) {
      try {
        const one = this.messageHandlers.has(message.subject) && this.handling.read(message.subject, message.json());
        if (one) arrived.push({ ...one, message });
        else message.ack();
      } catch (error) {
        await this.fromStream.setAside(message, error);
      }
    }
    return arrived;
  }
}
