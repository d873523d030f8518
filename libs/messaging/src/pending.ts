import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { durableName, reads } from './topology.js';

/** How many messages a service has yet to take or to acknowledge, over all the streams that it reads. */
export async function pendingMessages(connection: NatsConnection, service: string): Promise<number> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2_000 });
  const infos = await Promise.all(
    (reads[service] ?? []).map((stream) => manager.consumers.info(stream, durableName(service, stream))),
  );
  return infos.reduce((sum, info) => sum + info.num_pending + info.num_ack_pending, 0);
}
