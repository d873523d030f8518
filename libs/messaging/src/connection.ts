import { connect, createInbox, type NatsConnection } from '@nats-io/transport-node';

export interface BrokerAddress {
  url: string;
  user: string;
  password: string;
}

const inboxPrefixes = new WeakMap<NatsConnection, string>();

/** A subject below which this user alone hears something, on a connection that `connectBroker` made. */
export const newInbox = (connection: NatsConnection): string => createInbox(inboxPrefixes.get(connection));

/** Connects, and goes on trying for ever when the broker is away: nothing that is accepted depends on it. */
export async function connectBroker(address: BrokerAddress, name: string): Promise<NatsConnection> {
  const inboxPrefix = `_INBOX_${address.user}`;
  const connection = await connect({
    servers: address.url,
    user: address.user,
    pass: address.password,
    name,
    inboxPrefix,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    // A broker that hangs is known for it in some fifteen seconds; a new connection has to greet soon.
    pingInterval: 5_000,
    maxPingOut: 2,
    timeout: 3_000,
    // Otherwise every request makes two errors with their stacks, for the case that it fails.
    noAsyncTraces: true,
  });
  inboxPrefixes.set(connection, inboxPrefix);
  return connection;
}
