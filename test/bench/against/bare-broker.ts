import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { type BrokerAddress, connectBroker } from '#libs/messaging';
import type { Ground } from '../bench.ts';
import { quantile } from '../spread.ts';

const stream = 'bench';
/** As long as what triage tells of a concern. */
const text = JSON.stringify({ said: 'x'.repeat(900) });

/**
 * A message from its publishing to its being taken, with nothing around it: a stream on disk and a durable consumer as
 * the product has them, on the same broker, and no database, no handler, no second process.
 */
export class BareBroker {
  readonly #connection: NatsConnection;

  private constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  static async open(ground: Ground, login: BrokerAddress): Promise<BareBroker> {
    const connection = await connectBroker(login, 'bench');
    ground.onEnd(() => connection.close());
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: stream, subjects: ['bench.>'], storage: StorageType.File, retention: RetentionPolicy.Limits, max_bytes: 256 * 2 ** 20 });
    await manager.consumers.add(stream, { durable_name: stream, ack_policy: AckPolicy.Explicit });
    return new BareBroker(connection);
  }

  /** One message after another; the 99th percentile in milliseconds. */
  async unloaded(count: number): Promise<number> {
    const client = jetstream(this.#connection);
    const consumer = await client.consumers.get(stream, stream);
    const messages = await consumer.consume();
    const took: number[] = [];
    let publishedAt = performance.now();
    await client.publish('bench.message', text);
    for await (const message of messages) {
      took.push(performance.now() - publishedAt);
      message.ack();
      if (took.length === count) break;
      publishedAt = performance.now();
      await client.publish('bench.message', text);
    }
    return quantile(took, 0.99);
  }
}
