import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface BrokerAddress {
  url: string;
  user: string;
  password: string;
}

/** Connects, and goes on trying for ever when the broker is away: nothing that is accepted depends on it. */
export function connectBroker(address: BrokerAddress, name: string): Promise<NatsConnection> {
  return connect({
    servers: address.url,
    user: address.user,
    pass: address.password,
    name,
    inboxPrefix: `_INBOX_${address.user}`,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    // A broker that hangs is known for it in some fifteen seconds; a new connection has to greet soon.
    pingInterval: 5_000,
    maxPingOut: 2,
    timeout: 3_000,
    // Otherwise every publish makes two errors with their stacks, for the case that it fails.
    noAsyncTraces: true,
  });
}
