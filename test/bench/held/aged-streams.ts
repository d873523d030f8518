import { jetstreamManager } from '@nats-io/jetstream';
import { type BrokerAddress, connectBroker } from '#libs/messaging';
import { keepers } from './takers.ts';

/**
 * Leaves the streams of the services that keep records as two weeks without news leave them: so many messages came and
 * went, and none is there. What is laid was learnt longer ago than a stream keeps anything.
 */
export async function ageStreams(broker: BrokerAddress, messages: number): Promise<void> {
  const connection = await connectBroker(broker, 'held');
  try {
    const manager = await jetstreamManager(connection);
    for (const stream of keepers) {
      const { state } = await manager.streams.info(stream);
      await manager.streams.purge(stream, { seq: Math.max(state.last_seq, messages) + 1 });
    }
  } finally {
    await connection.close();
  }
}
