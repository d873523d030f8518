import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { type BrokerAddress, connectBroker } from '#libs/messaging';
import { keepers } from './takers.ts';

/**
 * Leaves the streams of the services that keep records as two weeks without news leave them: so many messages came and
 * went, and none is there. What is laid was learnt longer ago than a stream keeps anything.
 */
export const ageStreams = (broker: BrokerAddress, messages: number): Promise<void> =>
  ofEachStream(broker, async (manager, stream) => {
    const { state } = await manager.streams.info(stream);
    await manager.streams.purge(stream, { seq: Math.max(state.last_seq, messages) + 1 });
  });

/**
 * Has whoever reads these streams begin at their end, from the next start on: a durable that was given nothing of all that
 * went by takes it for waiting once the broker has been started again.
 */
export const forgetReaders = (broker: BrokerAddress): Promise<void> =>
  ofEachStream(broker, async (manager, stream) => {
    for await (const { name } of manager.consumers.list(stream)) await manager.consumers.delete(stream, name);
  });

async function ofEachStream(broker: BrokerAddress, work: (manager: JetStreamManager, stream: string) => Promise<void>): Promise<void> {
  const connection = await connectBroker(broker, 'held');
  try {
    const manager = await jetstreamManager(connection);
    for (const stream of keepers) await work(manager, stream);
  } finally {
    await connection.close();
  }
}
