import { JetStreamApiError, JetStreamError, type PubAck } from '@nats-io/jetstream';
import { type Msg, type MsgHdrs, type NatsConnection, NoRespondersError, TimeoutError } from '@nats-io/transport-node';
import { newInbox } from './connection.js';

interface Waiting {
  resolve(acknowledged: PubAck): void;
  reject(error: unknown): void;
  until: number;
}

export interface Message {
  subject: string;
  payload: string;
  headers: MsgHdrs;
}

/**
 * Publishes to streams, and hears under one inbox what became of each: asked for each by itself, the broker's client makes
 * an error and a timer for every message.
 */
export class Acknowledgements {
  private readonly inbox: string;
  /** In the order in which they were sent, which is that of their times. */
  private readonly waiting = new Map<string, Waiting>();
  private isListening = false;
  private timer: NodeJS.Timeout | undefined;
  private sent = 0;

  constructor(
    private readonly connection: NatsConnection,
    private readonly timeoutMs: number,
  ) {
    this.inbox = newInbox(connection);
  }

  /** Resolves once the stream has it. Throws what the broker says against it, or `TimeoutError`. */
  publish({ subject, payload, headers }: Message): Promise<PubAck> {
    this.listen();
    const reply = `${this.inbox}.${(this.sent += 1)}`;
    return new Promise((resolve, reject) => {
      this.connection.publish(subject, payload, { reply, headers });
      this.waiting.set(reply, { resolve, reject, until: performance.now() + this.timeoutMs });
      this.timer ??= setTimeout(() => this.giveUp(), this.timeoutMs);
    });
  }

  /** None of what was sent will be answered. */
  lose(reason: unknown): void {
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
    this.rest();
  }

  private listen(): void {
    if (this.isListening) return;
    this.connection.subscribe(`${this.inbox}.*`, { callback: (error, message) => (error ? this.refused(error) : this.hear(message)) });
    this.isListening = true;
  }

  /** The subscription itself was refused, and is gone. */
  private refused(error: Error): void {
    this.isListening = false;
    this.lose(error);
  }

  private hear(message: Msg): void {
    const one = this.waiting.get(message.subject);
    if (!one) return;
    this.waiting.delete(message.subject);
    if (this.waiting.size === 0) this.rest();
    try {
      one.resolve(acknowledgedIn(message));
    } catch (error) {
      one.reject(error);
    }
  }

  private giveUp(): void {
    this.timer = undefined;
    const now = performance.now();
    for (const [reply, { reject, until }] of this.waiting) {
      if (until > now) {
        this.timer = setTimeout(() => this.giveUp(), until - now);
        return;
      }
      this.waiting.delete(reply);
      reject(new TimeoutError());
    }
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

function acknowledgedIn(message: Msg): PubAck {
  if (message.data.length === 0 && message.headers?.code === 503) throw new NoRespondersError(message.subject);
  const said = message.json<PubAck & { error?: ConstructorParameters<typeof JetStreamApiError>[0] }>();
  if (said.error) throw new JetStreamApiError(said.error);
  if (!said.stream) throw new JetStreamError('invalid ack response');
  return said;
}
