import { AckPolicy, DeliverPolicy, DiscardPolicy, type JetStreamManager, jetstreamManager, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { type BrokerAddress, connectBroker } from './connection.js';
import { durableName, healthStream, reads, type Stream, streams } from './topology.js';

const dayMs = 86_400_000;
const keptMs = 14 * dayMs;
/** What a process that died had in hand comes again after this long. Whoever lives says several times within it that it is still at work. */
const ackWaitMs = 10_000;

export interface StreamLimits {
  /** Copies of every stream: 1 on one machine, 3 on three. */
  replicas?: number;
  /** Size bound of a stream; beyond it the broker refuses, and the outbox waits. 16 GiB unless told. */
  maxBytes?: number;
}

/** Makes or brings up to date every stream and durable consumer; run as the broker's set-up user. Throws when the server kept something else than it was told. */
export async function setUpStreams(address: BrokerAddress, limits: StreamLimits = {}): Promise<void> {
  const connection = await connectBroker(address, 'set-up');
  try {
    const manager = await jetstreamManager(connection);
    for (const stream of Object.keys(streams) as Stream[]) await setUpStream(manager, stream, eventStream(stream, limits));
    await setUpStream(manager, healthStream.name, checkStream(limits));
    for (const [service, read] of Object.entries(reads)) {
      for (const stream of read) await setUpConsumer(manager, service, stream);
    }
  } finally {
    await connection.close();
  }
}

const eventStream = (name: Stream, { maxBytes = 16 * 2 ** 30, replicas = 1 }: StreamLimits) => ({
  subjects: [...streams[name]],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_age: nanos(keptMs),
  max_bytes: maxBytes,
  num_replicas: replicas,
  duplicate_window: nanos(120_000),
});

/** On disk like the others, so that what ails them ails it; a few messages a service, since the next one takes the room of the last. */
const checkStream = ({ replicas = 1 }: StreamLimits) => ({
  subjects: [healthStream.subjects],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.Old,
  max_msgs_per_subject: 8,
  max_bytes: 2 ** 20,
  num_replicas: replicas,
});

async function setUpStream(manager: JetStreamManager, name: string, wanted: Omit<Partial<StreamConfig>, 'name'>): Promise<void> {
  const found = await manager.streams.info(name).catch(() => undefined);
  // NATS 2.9 gives a stream that is brought up to date another date of its making: only where something is new.
  if (found && unlike(wanted, found.config).length === 0) return;
  const { config } = found ? await manager.streams.update(name, wanted) : await manager.streams.add({ name, ...wanted });
  insistOn(`stream ${name}`, wanted, config);
}

async function setUpConsumer(manager: JetStreamManager, service: string, stream: Stream): Promise<void> {
  const wanted = {
    durable_name: durableName(service, stream),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_ack_pending: 4_000,
    max_deliver: -1,
  };
  const exists = await manager.consumers.info(stream, wanted.durable_name).then(() => true, () => false);
  // A server leaves a consumer that is there as it was when it is asked to make it again, and may answer an update with what was.
  await (exists ? manager.consumers.update(stream, wanted.durable_name, wanted) : manager.consumers.add(stream, wanted));
  const { config } = await manager.consumers.info(stream, wanted.durable_name);
  insistOn(`consumer ${wanted.durable_name}`, wanted, config);
}

/** An old server drops what it does not know without a word. */
function insistOn(what: string, wanted: object, kept: object): void {
  const [first] = unlike(wanted, kept);
  if (!first) return;
  const { key, value, got } = first;
  throw new Error(`${what}: asked for ${key} ${JSON.stringify(value)}, the broker keeps ${JSON.stringify(got)}`);
}

/** What of that which is wanted is kept otherwise. */
function unlike(wanted: object, kept: object): { key: string; value: unknown; got: unknown }[] {
  return Object.entries(wanted)
    .map(([key, value]: [string, unknown]) => ({ key, value, got: (kept as Record<string, unknown>)[key] }))
    .filter(({ value, got }) => JSON.stringify(got) !== JSON.stringify(value));
}
