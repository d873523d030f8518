import { type DynamicModule, Global, Logger, Module } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { dataSource, deadLetters, type DomainEvent, forgetOldKeys, Narrative, type Published, Pulse, Relay, Vault } from '#libs/journal';
import { BrokerCheck, connectBroker, JetStreamCarrier } from '#libs/messaging';
import { Clock, SystemClock } from './clock.js';
import type { JournalConfig, ServiceConfig } from './config.js';
import { ContractsController } from './contracts.controller.js';
import { Database } from './database.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { Gauges } from './gauges.js';
import { Health } from './health.js';
import { HealthController } from './health.controller.js';
import { IdentityModule } from './identity.module.js';
import { Lifecycle } from './lifecycle.js';
import { messagesOf } from './messages.js';
import { MissedController } from './missed.controller.js';
import { sealingOf } from './sealing.js';
import { maintainPools } from './pools.js';
import { MaintainSource, Publishing, SERVICE_CONFIG, TellingSource } from './tokens.js';
import { trouble } from './trouble.js';
import { streamCheck } from './stream.check.js';
import { StreamContents, streamContentsOf } from './stream-contents.js';
import { CommonChecks, MessageChecks } from './verify.js';

/** A service with a journal says which contracts an event of it has; one without has none to tell. */
export type ServiceOptions =
  | { config: ServiceConfig; publish?: undefined }
  | { config: JournalConfig; publish: (event: DomainEvent) => Published[] };

/** What every service stands on: its clock, database, keys, messages, relay, health. */
@Global()
@Module({})
export class ServiceModule {
  static for(options: ServiceOptions): DynamicModule {
    const { config, publish } = options;
    const name = config.SERVICE_NAME;
    const source = dataSource({ url: config.DATABASE_APP_URL, name });
    const pools = maintainPools(config);
    const { maintain } = pools;
    const vault = new Vault(name, config.KEY_FILE);
    const connecting = connectBroker({ url: config.NATS_URL, user: config.NATS_USER, password: config.NATS_PASSWORD }, name);
    let relay: Relay | undefined;
    const nudge = (): void => relay?.nudge();
    const startRelay = (connection: NatsConnection): Relay => {
      relay = new Relay({
        service: name,
        stream: name,
        connection: { url: config.DATABASE_RELAY_URL, name: `${name}-relay` },
        carrier: new JetStreamCarrier(connection, name),
        publish: publish!,
        onTrouble: trouble('relay'),
      });
      relay.start();
      return relay;
    };
    const { strategy, providers, inboxCheck } = messagesOf(config, source, nudge);
    const contents = publish && streamContentsOf(config, { service: name, publish }, connecting);
    const pulse = pulseOf(config, [source, ...Object.values(pools)]);
    const lifecycle = new Lifecycle({ sources: [source, ...Object.values(pools)], pulse, connecting, strategy, check: (connection) => new BrokerCheck(connection, name, publish !== undefined), ...(publish ? { startRelay, tidy: () => forgetOldKeys(source) } : {}) });
    return {
      module: ServiceModule,
      imports: [IdentityModule.for(config)],
      controllers: [HealthController, DeadLettersController, MissedController, ...(publish ? [ContractsController] : [])],
      providers: [
        ...providers,
        { provide: SERVICE_CONFIG, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: Vault, useValue: vault },
        { provide: Narrative, useValue: new Narrative(vault) },
        { provide: Database, useValue: new Database(source, vault, nudge) },
        { provide: MaintainSource, useValue: maintain },
        { provide: TellingSource, useValue: pools.telling },
        { provide: Lifecycle, useValue: lifecycle },
        { provide: Pulse, useValue: pulse },
        Health,
        { provide: Gauges, useFactory: (health: Health) => new Gauges(health, config, publish !== undefined), inject: [Health] },
        ...(options.publish ? sealingOf(options.config, pools, vault) : [{ provide: CommonChecks, useValue: new CommonChecks([deadLetters(maintain)]) }]),
        { provide: MessageChecks, useValue: new MessageChecks([inboxCheck(maintain), ...(contents ? [streamCheck(name, contents)] : [])]) },
        ...(publish ? [{ provide: Publishing, useValue: { service: name, publish } satisfies Publishing }, { provide: StreamContents, useValue: contents }] : []),
      ],
      exports: [Clock, Vault, Narrative, Database, MaintainSource, SERVICE_CONFIG, Lifecycle, Pulse, CommonChecks, MessageChecks, ...(publish ? [StreamContents] : [])],
    };
  }
}

/** Watches over the database, and breaks the connections of these pools when it hangs for good. */
function pulseOf(config: ServiceConfig, sources: DataSource[]): Pulse {
  const service = config.SERVICE_NAME;
  const logger = new Logger('database');
  return new Pulse({
    service,
    connection: { url: config.DATABASE_APP_URL, name: `${service}-pulse` },
    sources,
    onAway: trouble('database'),
    onBack: () => logger.log('The database answers again'),
  });
}

export type { DataSource };
