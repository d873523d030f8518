import { Module } from '@nestjs/common';
import { Claimed, ClaimsController, FromPeople, Identities, ToldAliases } from '#libs/claims';
import { ImportController, Importer, OrganisationsNamedController } from '#libs/extract';
import { INTERNAL, OwnToken } from '#libs/identity';
import { Narrative, readTables } from '#libs/journal';
import { Checks, Clock, CommonChecks, connectMaintain, Database, KeptTables, MaintainSource, peerOf, RebuildController, ServiceModule, VerifyController } from '#libs/platform';
import { publish } from './concern/adapters/events/publish.js';
import { ConcernsSource } from './concern/adapters/extract/concerns-source.js';
import { DecisionsController } from './concern/adapters/extract/decisions.controller.js';
import { ConcernCommands, ConcernsController } from './concern/adapters/http/concerns.controller.js';
import { QueueController } from './concern/adapters/http/queue.controller.js';
import { concernSlice, concernTables } from './concern/adapters/persistence/slice.js';
import { FeedbackOwed } from './concern/adapters/persistence/feedback-owed.js';
import { RaisedConcerns } from './concern/adapters/persistence/raised-concerns.js';
import { SamePersonsConcerns } from './concern/adapters/persistence/same-person.js';
import { TriageQueue } from './concern/adapters/persistence/triage-queue.js';
import { PEOPLE } from './concern/adapters/tokens.js';
import { ConcernReading } from './concern/application/concern-reading.js';
import { Concerns } from './concern/application/concerns.js';
import { config } from './config.js';

const aliases = new ToldAliases({ connect: () => connectMaintain(config, 'aliases'), people: peerOf(config.PEOPLE_URL, OwnToken.for(config, INTERNAL)) });

@Module({
  imports: [ServiceModule.for({ config, publish })],
  controllers: [ConcernsController, QueueController, ClaimsController, FromPeople, DecisionsController, ImportController, OrganisationsNamedController, VerifyController, RebuildController],
  providers: [
    ConcernReading,
    Identities,
    TriageQueue,
    FeedbackOwed,
    RaisedConcerns,
    SamePersonsConcerns,
    ConcernsSource,
    { provide: PEOPLE, useFactory: (ownToken: OwnToken) => peerOf(config.PEOPLE_URL, ownToken), inject: [OwnToken] },
    { provide: Concerns, useFactory: (narrative: Narrative) => new Concerns(concernSlice, narrative), inject: [Narrative] },
    { provide: Claimed, useFactory: (concerns: Concerns) => new Claimed('concern', concerns, (state) => (state.status === 'absent' ? undefined : state.story.receivedAt)), inject: [Concerns] },
    {
      provide: ConcernCommands,
      useFactory: (database: Database, concerns: Concerns, clock: Clock) => new ConcernCommands(database, concerns, clock),
      inject: [Database, Concerns, Clock],
    },
    { provide: KeptTables, useValue: { slice: concernSlice, tables: concernTables, besides: [aliases] } },
    {
      provide: Checks,
      useFactory: (common: CommonChecks, maintain: MaintainSource) => new Checks([...common.all, readTables(maintain, { slice: concernSlice, tables: concernTables }), aliases]),
      inject: [CommonChecks, MaintainSource],
    },
    {
      provide: Importer,
      useFactory: (source: ConcernsSource, database: Database) => new Importer(source, database),
      inject: [ConcernsSource, Database],
    },
  ],
})
export class TriageModule {}
