import { jetstream, type JetStreamClient, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';

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

/** Publishes to JetStream under the event's own message id, and tells how far the stream has come. */
export class JetStreamCarrier {
  private readonly client: JetStreamClient;
  private manager: Promise<JetStreamManager> | undefined;
  private connected = 1;

  constructor(
    connection: NatsConnection,
    private readonly stream: string,
  ) {
    this.client = jetstream(connection, { timeout: 5_000 });
    this.manage = () => (this.manager ??= jetstreamManager(connection, { checkAPI: false, timeout: 5_000 }));
    void this.countConnections(connection);
  }

  private readonly manage: () => Promise<JetStreamManager>;

  connections(): number {
    return this.connected;
  }

  async publish(message: Carried): Promise<{ sequence: number }> {
    const head = headers();
    if (message.traceparent) head.set('traceparent', message.traceparent);
    const acknowledged = await this.client.publish(message.type, JSON.stringify(message), { msgID: message.id, headers: head });
    return { sequence: acknowledged.seq };
  }

  async streamState(sequence: number): Promise<StreamState> {
    const manager = await this.manage();
    const { created, state } = await manager.streams.info(this.stream);
    return {
      created: String(created),
      firstSequence: state.first_seq,
      lastSequence: state.last_seq,
      lastId: await this.idAt(manager, state.last_seq),
      idAt: await this.idAt(manager, sequence),
    };
  }

  /** Null only where no message lies; any other failure is thrown, or the relay would take the stream for one that lost something. */
  private async idAt(manager: JetStreamManager, sequence: number): Promise<string | null> {
    if (sequence === 0) return null;
    const message = await manager.streams.getMessage(this.stream, { seq: sequence });
    return message?.header.get('Nats-Msg-Id') || null;
  }

  private async countConnections(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) if (status.type === 'reconnect') this.connected += 1;
  }
}
