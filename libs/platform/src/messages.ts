import type { NatsConnection } from '@nats-io/transport-node';
import type { Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { INTERNAL, OwnToken } from '#libs/identity';
import { type Check, DeadLetters, Intake, type MessageSight, Parking, type Queries, seeing, type Vault } from '#libs/journal';
import { JetStreamStrategy, type Stream } from '#libs/messaging';
import type { ServiceConfig } from './config.js';
import { Database } from './database.js';
import { InboxCheck } from './inbox.check.js';
import { Letters, type Taking } from './letters.js';
import { MissedMessages } from './missed-messages.js';
import { Overlooked } from './overlooked.js';
import type { Follows } from './restrictions-told.js';
import { setAside, trouble } from './trouble.js';
import { Waiting } from './waiting.js';

export interface Messages {
  strategy: (connection: NatsConnection) => JetStreamStrategy;
  providers: Provider[];
  /** Whether everything was taken that there is to take. */
  inboxCheck: (queries: Queries) => Check;
}

/** Where messages are taken, under which keys, what each batch sees, and what follows. */
export interface TakingMessages {
  source: DataSource;
  vault: Vault;
  sees: MessageSight;
  committed: () => void;
  /** Which record here a message is about, where some can be restricted. */
  follows?: Follows | undefined;
}

/** How a service takes messages, and what it knows of those that wait. */
export function messagesOf(config: ServiceConfig, { source, vault, sees, committed, follows }: TakingMessages): Messages {
  const ownToken = OwnToken.for(config, INTERNAL);
  let strategy: JetStreamStrategy | undefined;
  const taking: Taking = { now: () => strategy };
  const parking = new Parking(source);
  const options = {
    service: config.SERVICE_NAME,
    intake: new Intake(source, committed, sees),
    parking,
    publishers: {
      people: config.PEOPLE_URL, triage: config.TRIAGE_URL, section42: config.SECTION42_URL, dols: config.DOLS_URL, directory: config.DIRECTORY_URL,
    } satisfies Record<Stream, string | undefined>,
    signing: () => ownToken.headers(),
    ...(follows ? { recordIn: follows.recordIn } : {}),
    onTrouble: trouble('messages'),
    onSetAside: setAside('messages'),
  };
  return {
    strategy: (connection) => (strategy = new JetStreamStrategy({ ...options, connection })),
    providers: [
      { provide: Letters, useValue: new Letters(new DeadLetters(source, vault, { committed, sees, hides: follows !== undefined }), taking, options.onTrouble, follows?.recordIn) },
      { provide: MissedMessages, useValue: new MissedMessages({ ...options, queries: seeing(source, []), taking }) },
      { provide: Overlooked, useFactory: (missed: MissedMessages) => new Overlooked(missed), inject: [MissedMessages] },
      { provide: Waiting, useFactory: (database: Database) => new Waiting(config.SERVICE_NAME, database, parking, taking), inject: [Database] },
    ],
    inboxCheck: (queries) =>
      new InboxCheck({
        service: options.service,
        queries,
        publishers: options.publishers,
        signing: options.signing,
        types: () => strategy && [...strategy.getHandlers().keys()],
      }),
  };
}
