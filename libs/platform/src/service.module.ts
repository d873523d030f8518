import { type DynamicModule, Global, Logger, Module, type Provider } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { dataSource, deadLetters, type DomainEvent, forgetOldKeys, type MessageSight, Narrative, type Published, Pulse, Relay, seeing, Vault } from '#libs/journal';
import { BrokerCheck, connectBroker, JetStreamCarrier, reads } from '#libs/messaging';
import { Clock, SystemClock } from './clock.js';
import type { JournalConfig, ServiceConfig } from './config.js';
import { ContractsController } from './contracts.controller.js';
import { Database } from './database.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { FromDirectory } from './from-directory.js';
import { Gauges } from './gauges.js';
import { Health } from './health.js';
import { HealthController } from './health.controller.js';
import { IdentityModule } from './identity.module.js';
import { KnownStaff } from './known-staff.js';
import { Lifecycle } from './lifecycle.js';
import { KnownMembership, Membership, TokenMembership } from './membership.js';
import { messagesOf } from './messages.js';
import { MovedReasons } from './moved-reasons.js';
import { MissedController } from './missed.controller.js';
import { PageReadings } from './reading.js';
import { ReadingsController } from './readings.controller.js';
import type { Follows } from './restrictions-told.js';
import { sealingOf } from './sealing.js';
import { maintainPools } from './pools.js';
import { MaintainSource, Publishing, SERVICE_CONFIG, TellingSource } from './tokens.js';
import { trouble } from './trouble.js';
import { streamCheck } from './stream.check.js';
import { StreamContents, streamContentsOf } from './stream-contents.js';
import { unlessAway } from './unless-away.js';
import { CommonChecks, MessageChecks } from './verify.js';

/** A service with a journal says which contracts an event of it has; one without has none to tell. */
export type ServiceOptions = (
  | { config: ServiceConfig; publish?: undefined }
  | { config: JournalConfig; publish: (event: DomainEvent) => Published[] }
) & {
  /** Who somebody is here, where that is not found in a copy of the directory. */
  membership?: (around: AroundMembership) => Membership;
  /** What a batch of messages sees; the rows of the authorities of their envelopes unless told. */
  messagesSee?: MessageSight;
  /** Where some of its records can be restricted (it has the table): which of them is open to whom a concern is open to. */
  follows?: Follows;
};

/** What it takes to say who somebody is. */
export interface AroundMembership {
  /** It is asked before anything watches over how long that takes, so it keeps nobody waiting itself. */
  database: Pick<Database, 'query'>;
  told: TokenMembership;
  isLocal: boolean;
}

/** What the provider says of somebody. */
const saidBy = ({ COUNCIL_TENANTS, INVENTED_STAFF: isLocal }: ServiceConfig) => ({ told: new TokenMembership(COUNCIL_TENANTS, isLocal), isLocal });

const unhanging = (database: Database, pulse: Pulse): Pick<Database, 'query'> => ({ query: (sql, parameters) => unlessAway(pulse, database.query(sql, parameters)) });

const inCopy = ({ database, ...said }: AroundMembership): Membership => new KnownMembership({ known: new KnownStaff(database), ...said });

/** What every service stands on: its clock, database, keys, messages, relay, health. */
@Global()
@Module({})
export class ServiceModule {
  static for(options: ServiceOptions): DynamicModule {
    const { config, publish, membership = inCopy, messagesSee = 'envelopes', follows } = options;
    const name = config.SERVICE_NAME;
    const source = dataSource({ url: config.DATABASE_APP_URL, name, isForCommands: true });
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
    const { strategy, providers, inboxCheck } = messagesOf(config, { source, vault, sees: messagesSee, committed: nudge, follows });
    const contents = publish && streamContentsOf(config, { service: name, publish }, connecting);
    const pulse = pulseOf(config, [source, ...Object.values(pools)]);
    const lifecycle = new Lifecycle({ sources: [source, ...Object.values(pools)], pulse, connecting, strategy, check: (connection) => new BrokerCheck(connection, name, publish !== undefined), ...(publish ? { startRelay, tidy: () => forgetOldKeys(seeing(source, [])) } : {}) });
    return {
      module: ServiceModule,
      imports: [IdentityModule.for(config)],
      controllers: [HealthController, DeadLettersController, MissedController, ...(publish ? [ContractsController, ReadingsController] : []), ...(reads[name]?.includes('directory') ? [FromDirectory] : [])],
      providers: [
        ...providers,
        { provide: SERVICE_CONFIG, useValue: config },
        { provide: Clock, useClass: SystemClock },
        { provide: Vault, useValue: vault },
        { provide: Narrative, useValue: new Narrative(vault) },
        { provide: Database, useValue: new Database(source, vault, nudge) },
        { provide: Membership, useFactory: (database: Database) => membership({ database: unhanging(database, pulse), ...saidBy(config) }), inject: [Database] },
        PageReadings, { provide: MaintainSource, useValue: maintain },
        { provide: TellingSource, useValue: pools.telling },
        { provide: MovedReasons, useValue: new MovedReasons({ maintain, vault, config, logs: publish ? ['read_audit', 'resending'] : ['resending'] }) },
        { provide: Lifecycle, useValue: lifecycle }, { provide: Pulse, useValue: pulse },
        ...healthOf(config, publish !== undefined),
        ...(options.publish ? sealingOf(options.config, pools, vault) : [{ provide: CommonChecks, useValue: new CommonChecks([deadLetters(maintain)]) }]),
        { provide: MessageChecks, useValue: new MessageChecks([inboxCheck(maintain), ...(contents ? [streamCheck(name, contents)] : [])]) },
        ...(publish ? [{ provide: Publishing, useValue: { service: name, publish } satisfies Publishing }, { provide: StreamContents, useValue: contents }] : []),
      ],
      exports: [Clock, Vault, Narrative, Database, Membership, PageReadings, MaintainSource, SERVICE_CONFIG, Lifecycle, Pulse, CommonChecks, MessageChecks, ...(publish ? [StreamContents] : [])],
    };
  }
}

/** How the service is, for whoever asks and for a collector. */
const healthOf = (config: ServiceConfig, publishes: boolean): Provider[] => [Health, { provide: Gauges, useFactory: (health: Health) => new Gauges(health, config, publishes), inject: [Health] }];

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
