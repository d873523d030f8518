import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { durableName, reads, type Stream } from './topology.js';

/** How far a service has come in a stream that it reads, in the stream's own sequence. */
export interface Pending {
  stream: Stream;
  /** Messages that it has yet to take or to acknowledge. */
  waiting: number;
  /** The last message there is. */
  last: number;
  /** Every message up to this one was taken. */
  taken: number;
}

/** How far a service has come in each of the streams that it reads. */
export async function pendingMessages(connection: NatsConnection, service: string): Promise<Pending[]> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2_000 });
  return Promise.all(
    (reads[service] ?? []).map(async (stream) => {
      const { num_pending, num_ack_pending, delivered, ack_floor } = await manager.consumers.info(stream, durableName(service, stream));
      const [waiting, last] = [num_pending + num_ack_pending, delivered.stream_seq + num_pending];
      return { stream, waiting, last, taken: waiting === 0 ? last : ack_floor.stream_seq };
    }),
  );
}
