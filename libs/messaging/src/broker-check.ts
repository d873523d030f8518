import { randomUUID } from 'node:crypto';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { healthStream } from './topology.js';

/** What a stream holds of what it may hold, from 0 to 1. */
export interface Filled {
  stream: string;
  filled: number;
}

export interface BrokerState {
  /** It took a message just now and gave it back. */
  isUp: boolean;
  /** Of the stream that this service publishes to; none while the broker is away. */
  streams: Filled[];
}

const away: BrokerState = { isUp: false, streams: [] };
/** A broker whose disk is full or hangs says nothing; whoever asks for health cannot wait for it. */
const answerMs = 1_000;
const staleMs = 3_000;

/** Finds out whether the broker really keeps what it is given, by giving it something and reading it back. At most once in three seconds. */
export class BrokerCheck {
  private checkedAt = Number.NEGATIVE_INFINITY;
  private last: Promise<BrokerState> = Promise.resolve(away);

  constructor(
    private readonly connection: NatsConnection,
    private readonly service: string,
    private readonly publishes: boolean,
  ) {}

  state(): Promise<BrokerState> {
    const now = performance.now();
    if (now - this.checkedAt >= staleMs) {
      this.checkedAt = now;
      this.last = this.check().catch(() => away);
    }
    return this.last;
  }

  private async check(): Promise<BrokerState> {
    const signal = AbortSignal.timeout(answerMs);
    const late = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('the broker does not answer')), { once: true }));
    const [, streams] = await Promise.race([Promise.all([this.writeAndRead(), this.streams()]), late]);
    return { isUp: true, streams };
  }

  private async writeAndRead(): Promise<void> {
    const token = randomUUID();
    const { seq } = await jetstream(this.connection, { timeout: answerMs }).publish(healthStream.subjectOf(this.service), token);
    const manager = await this.manage();
    const message = await manager.streams.getMessage(healthStream.name, { seq });
    if (message?.string() !== token) throw new Error('the broker did not give back what it took');
  }

  private async streams(): Promise<Filled[]> {
    if (!this.publishes) return [];
    const { config, state } = await (await this.manage()).streams.info(this.service);
    return [{ stream: this.service, filled: config.max_bytes > 0 ? state.bytes / config.max_bytes : 0 }];
  }

  private manage() {
    return jetstreamManager(this.connection, { checkAPI: false, timeout: answerMs });
  }
}
