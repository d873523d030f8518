import { DeliverPolicy, jetstream, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { FaultSystem } from '../plant/system.ts';
import { consumers, type Publisher, publishers, type Service } from './expected.ts';

export interface Message {
  stream: Publisher;
  id: string;
  type: string;
  text: string;
}

/** A machine that is busy with several systems lets even the broker wait. */
const timeout = 20_000;

/** Something asked of the broker as the user that may do everything there. */
export async function atBroker<T>(system: FaultSystem, work: (manager: JetStreamManager, publish: (subject: string, text: string, id?: string) => Promise<void>) => Promise<T>): Promise<T> {
  const { url, user, password } = system.brokerLogin;
  const connection = await connect({ servers: url, user, pass: password, timeout, maxReconnectAttempts: 5, reconnectTimeWait: 200 });
  try {
    const client = jetstream(connection);
    return await work(await jetstreamManager(connection, { checkAPI: false, timeout }), async (subject, text, id) => {
      await client.publish(subject, text, id ? { msgID: id } : {});
    });
  } finally {
    await connection.close();
  }
}

/** Everything that the streams hold. */
export function readStreams(system: FaultSystem): Promise<Message[]> {
  return atBroker(system, async (manager) => {
    const found: Message[] = [];
    for (const stream of publishers) {
      const { state } = await manager.streams.info(stream);
      if (state.messages === 0) continue;
      const consumer = await manager.jetstream().consumers.get(stream, { deliver_policy: DeliverPolicy.All });
      const messages = await consumer.consume({ max_messages: 1_000 });
      for await (const message of messages) {
        found.push({ stream, id: message.headers?.get('Nats-Msg-Id') ?? '', type: message.subject, text: message.string() });
        if (message.info.pending === 0) break;
      }
    }
    return found;
  });
}

/** Messages that some service has yet to take. */
export const untaken = (system: FaultSystem): Promise<number> => sumOver(system, consumers);

/** Messages that this service has yet to take. */
export const untakenBy = (system: FaultSystem, service: Service): Promise<number> => sumOver(system, consumers.filter((one) => one.service === service));

function sumOver(system: FaultSystem, these: typeof consumers): Promise<number> {
  return atBroker(system, async (manager) => {
    let sum = 0;
    for (const { stream, durable } of these) {
      const { num_pending: pending, num_ack_pending: unacknowledged } = await manager.consumers.info(stream, durable);
      sum += pending + unacknowledged;
    }
    return sum;
  });
}
