import { Module } from '@nestjs/common';
import { Claimed, ClaimsController, FromPeople, Identities, InheritedRestrictions, NamedController, RestrictedPeopleController, ToldAliases } from '#libs/claims';
import { ImportController, Importer, namesOfOrganisations, OrganisationsNamedController, quarantined } from '#libs/extract';
import { INTERNAL, OwnToken } from '#libs/identity';
import { Narrative, readTables } from '#libs/journal';
import { HeldAbout, HeldInRecords, Subjects, SubjectAccessController, SubjectsController } from '#libs/subject-access';
import { BrokenGlass, Checks, Clock, CommonChecks, connectMaintain, Database, Follows, KeptTables, KeysController, MaintainSource, peerOf, RebuildController, RestrictedRecords, RETENTION_RULES, ServiceModule, UnderOwnKeys, VerifyController } from '#libs/platform';
import { config } from './config.js';
import { publish } from './request/adapters/events/publish.js';
import { RequestsSource } from './request/adapters/extract/requests-source.js';
import { FindingController } from './request/adapters/http/finding.controller.js';
import { QueueController } from './request/adapters/http/queue.controller.js';
import { RequestCommands, RequestsController } from './request/adapters/http/requests.controller.js';
import { DueRequests, retainedRequests } from './request/adapters/persistence/due-requests.js';
import { RestrictionController } from './request/adapters/http/restriction.controller.js';
import { RetentionController } from './request/adapters/http/retention.controller.js';
import { requestSlice, requestTables, restrictedRequests } from './request/adapters/persistence/slice.js';
import { SamePersonsRequests } from './request/adapters/persistence/same-person.js';
import { WaitingQueue } from './request/adapters/persistence/waiting-queue.js';
import { heldInRequests } from './request/adapters/subject-access.js';
import { PEOPLE } from './request/adapters/tokens.js';
import { ReadingRequests } from './request/application/reading-requests.js';
import { Requests } from './request/application/requests.js';

const aliases = new ToldAliases({ connect: () => connectMaintain(config, 'aliases'), tellers: [peerOf(config.PEOPLE_URL, OwnToken.for(config, INTERNAL))] });

@Module({
  imports: [ServiceModule.for({ config, publish, follows: new Follows((requestId) => requestId) })],
  controllers: [SubjectsController, SubjectAccessController, RetentionController, RestrictionController, FindingController, RequestsController, QueueController, ClaimsController, NamedController, RestrictedPeopleController, FromPeople, ImportController, OrganisationsNamedController, VerifyController, RebuildController, KeysController],
  providers: [
    ReadingRequests,
    Identities,
    WaitingQueue,
    SamePersonsRequests,
    {
      provide: DueRequests,
      useFactory: (database: Database, records: Requests, clock: Clock, narrative: Narrative) => new DueRequests({ database, records, clock, narrative, rules: config.RETENTION_FILE }, retainedRequests(config.RETENTION_FILE)),
      inject: [Database, Requests, Clock, Narrative],
    },
    { provide: RETENTION_RULES, useValue: config.RETENTION_FILE },
    { provide: RestrictedRecords, useFactory: (database: Database, clock: Clock) => new RestrictedRecords(database, clock, restrictedRequests), inject: [Database, Clock] },
    { provide: BrokenGlass, useFactory: (database: Database, records: Requests, clock: Clock) => new BrokenGlass({ database, records, clock, kind: restrictedRequests, minutes: config.GLASS_MINUTES }), inject: [Database, Requests, Clock] },
    RequestsSource,
    {
      provide: HeldInRecords,
      useFactory: (database: Database, clock: Clock, narrative: Narrative, records: Requests) => new HeldInRecords({ ...heldInRequests, database, clock, narrative, records }),
      inject: [Database, Clock, Narrative, Requests],
    },
    { provide: HeldAbout, useExisting: HeldInRecords },
    { provide: Subjects, useExisting: HeldInRecords },
    { provide: PEOPLE, useFactory: (ownToken: OwnToken) => peerOf(config.PEOPLE_URL, ownToken), inject: [OwnToken] },
    { provide: Requests, useFactory: (narrative: Narrative) => new Requests(requestSlice, narrative), inject: [Narrative] },
    { provide: InheritedRestrictions, useFactory: (own: OwnToken) => new InheritedRestrictions(restrictedRequests, config.TRIAGE_URL === undefined ? undefined : peerOf(config.TRIAGE_URL, own)), inject: [OwnToken] },
    { provide: Claimed, useFactory: (requests: Requests, inherited: InheritedRestrictions) => new Claimed('dols_request', requests, (state) => (state.status === 'absent' ? undefined : state.details.receivedAt), (tx, about) => inherited.besides(tx, about)), inject: [Requests, InheritedRestrictions] },
    {
      provide: RequestCommands,
      useFactory: (database: Database, requests: Requests, clock: Clock) => new RequestCommands(database, requests, clock),
      inject: [Database, Requests, Clock],
    },
    { provide: UnderOwnKeys, useValue: { sealed: [quarantined, namesOfOrganisations], besides: [] } satisfies UnderOwnKeys },
    { provide: KeptTables, useValue: { slice: requestSlice, tables: requestTables, besides: [aliases] } },
    {
      provide: Checks,
      useFactory: (common: CommonChecks, maintain: MaintainSource) => new Checks([...common.all, readTables(maintain, { slice: requestSlice, tables: requestTables }), aliases]),
      inject: [CommonChecks, MaintainSource],
    },
    {
      provide: Importer,
      useFactory: (source: RequestsSource, database: Database) => new Importer(source, database),
      inject: [RequestsSource, Database],
    },
  ],
})
export class DolsModule {}
