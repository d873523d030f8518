import { setTimeout as pause } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { HttpException, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Pulse, Relay } from '#libs/journal';
import { type BrokerCheck, type BrokerState, isPassing, type JetStreamStrategy, type Pending, pendingMessages } from '#libs/messaging';
import { trouble } from './trouble.js';

const hourMs = 3_600_000;

export interface Parts {
  sources: readonly DataSource[];
  pulse: Pulse;
  connecting: Promise<NatsConnection>;
  strategy: (connection: NatsConnection) => JetStreamStrategy;
  check: (connection: NatsConnection) => BrokerCheck;
  startRelay?: (connection: NatsConnection) => Relay;
  /** Forgets what is no longer needed; done by the one process of the service that is on duty. */
  tidy?: () => Promise<unknown>;
}

/** Starts what a service needs and ends it in order. The broker may come later: nothing that is accepted waits for it. */
@Injectable()
export class Lifecycle implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private broker: NatsConnection | undefined;
  private relay: Relay | undefined;
  private check: BrokerCheck | undefined;
  private tidying: NodeJS.Timeout | undefined;

  constructor(private readonly parts: Parts) {}

  get isBrokerConnected(): boolean {
    return this.broker !== undefined && !this.broker.isClosed() && this.isUp;
  }

  get isDatabaseThere(): boolean {
    return this.parts.pulse.isThere;
  }

  /** What the broker did with a message a moment ago. */
  async brokerState(): Promise<BrokerState> {
    return this.isBrokerConnected && this.check ? this.check.state() : { isUp: false, streams: [] };
  }

  private isUp = false;

  /** How far this service has come in what it reads. Throws while the broker is away. */
  async pendingMessages(service: string): Promise<Pending[]> {
    if (!this.broker || !this.isUp) throw new HttpException('The broker cannot be reached just now.', 503);
    return pendingMessages(this.broker, service);
  }

  async onModuleInit(): Promise<void> {
    const { sources, pulse } = this.parts;
    await Promise.all(sources.map(connectPatiently));
    pulse.start();
  }

  onApplicationBootstrap(): void {
    const { pulse, tidy } = this.parts;
    if (tidy) this.tidying = setInterval(() => void (pulse.isOnDuty && tidy().catch(trouble('tidying'))), hourMs).unref();
    void this.parts.connecting.then((connection) => this.brokerCame(connection));
  }

  /** Messages are taken once both the broker and the application are there. */
  async takeMessages(app: INestApplication): Promise<void> {
    const connection = await this.parts.connecting;
    app.connectMicroservice({ strategy: this.parts.strategy(connection) }, { inheritAppConfig: true });
    await app.startAllMicroservices();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.tidying);
    // A broker that hangs is not waited for: what it does not have stays in the outbox, and what it was not told comes again.
    await soon(this.relay?.stop(), 3_000);
    await soon(this.broker?.drain().catch(() => {}), 1_000);
    await this.parts.pulse.stop();
    await Promise.all(this.parts.sources.map((source) => source.destroy()));
  }

  private brokerCame(connection: NatsConnection): void {
    this.broker = connection;
    this.isUp = true;
    this.check = this.parts.check(connection);
    this.relay = this.parts.startRelay?.(connection);
    void (async () => {
      for await (const status of connection.status()) {
        if (status.type === 'disconnect') this.isUp = false;
        if (status.type === 'reconnect') this.isUp = true;
      }
    })();
  }
}

/** Ends when the work does, or after a while without it. */
const soon = (work: Promise<void> | undefined, ms: number): Promise<void> => Promise.race([work, pause(ms, undefined, { ref: false })]);

const patienceMs = 30_000;

/** A database that is just starting, or busy with everybody's connections, is asked again for a while. */
async function connectPatiently(source: DataSource): Promise<void> {
  for (const end = performance.now() + patienceMs; ; ) {
    try {
      await source.initialize();
      return;
    } catch (error) {
      if (!isPassing(error) || performance.now() > end) throw error;
      await pause(500);
    }
  }
}
