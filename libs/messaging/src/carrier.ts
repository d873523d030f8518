import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { Acknowledgements } from './acknowledgements.js';

export interface Carried {
  id: string;
  type: string;
  traceparent: string | null;
}

export interface StreamState {
  created: string;
  firstSequence: number;
  lastSequence: number;
  lastId: string | null;
  idAt: string | null;
}

const answerMs = 5_000;

/** There is no connection to the broker, or another one than before. */
export class BrokerAway extends Error {
  override readonly name = 'BrokerAway';
  constructor() {
    super('the broker is away, or was in between');
  }
}

/** Publishes to JetStream under the event's own message id, and tells how far the stream has come. */
export class JetStreamCarrier {
  private readonly acknowledgements: Acknowledgements;
  private manager: Promise<JetStreamManager> | undefined;
  private connected = 1;
  private isUp = true;
  /** The connection on which the stream was looked at last. */
  private lookedAt = 1;

  constructor(
    connection: NatsConnection,
    private readonly stream: string,
  ) {
    this.acknowledgements = new Acknowledgements(connection, answerMs);
    this.manage = () => (this.manager ??= jetstreamManager(connection, { checkAPI: false, timeout: answerMs }));
    void this.countConnections(connection);
  }

  private readonly manage: () => Promise<JetStreamManager>;

  /** Which connection this is, counted from 1; 0 while there is none. */
  connections(): number {
    return this.isUp ? this.connected : 0;
  }

  /** Refuses on a connection on which the stream was not looked at: what is sent meanwhile would lie in wait for a broker that lost something. */
  async publish(message: Carried): Promise<{ sequence: number; isDuplicate: boolean }> {
    if (this.connections() !== this.lookedAt) throw new BrokerAway();
    const head = headers();
    head.set('Nats-Msg-Id', message.id);
    if (message.traceparent) head.set('traceparent', message.traceparent);
    const { seq, duplicate = false } = await this.acknowledgements.publish({ subject: message.type, payload: JSON.stringify(message), headers: head });
    return { sequence: seq, isDuplicate: duplicate };
  }

  async streamState(sequence: number): Promise<StreamState> {
    const connection = this.connections();
    if (connection === 0) throw new BrokerAway();
    const manager = await this.manage();
    const { created, state } = await manager.streams.info(this.stream);
    const found = {
      created: String(created),
      firstSequence: state.first_seq,
      lastSequence: state.last_seq,
      lastId: await this.idAt(manager, state.last_seq),
      idAt: await this.idAt(manager, sequence),
    };
    if (this.connections() !== connection) throw new BrokerAway();
    this.lookedAt = connection;
    return found;
  }

  /** Null only where no message lies; any other failure is thrown, or the relay would take the stream for one that lost something. */
  private async idAt(manager: JetStreamManager, sequence: number): Promise<string | null> {
    if (sequence === 0) return null;
    const message = await manager.streams.getMessage(this.stream, { seq: sequence });
    return message?.header.get('Nats-Msg-Id') || null;
  }

  private async countConnections(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') this.lost();
      if (type !== 'reconnect') continue;
      this.connected += 1;
      this.isUp = true;
    }
    this.lost();
  }

  private lost(): void {
    this.isUp = false;
    // What waits for an answer on a connection that broke waits in vain, and is told so at once.
    this.acknowledgements.lose(new BrokerAway());
  }
}
