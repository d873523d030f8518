import { Module } from '@nestjs/common';
import { Claimed, ClaimsController, FromPeople, Identities, InheritedRestrictions, NamedController, RestrictedPeopleController, ToldAliases } from '#libs/claims';
import { ImportController, Importer, namesOfOrganisations, OrganisationsNamedController, quarantined } from '#libs/extract';
import { INTERNAL, OwnToken } from '#libs/identity';
import { Narrative, readTables } from '#libs/journal';
import { HeldAbout, HeldInRecords, Subjects, SubjectAccessController, SubjectsController } from '#libs/subject-access';
import { BrokenGlass, Checks, Clock, CommonChecks, connectMaintain, Database, Follows, KeptTables, KeysController, MaintainSource, peerOf, RebuildController, RestrictedRecords, RETENTION_RULES, ServiceModule, UnderOwnKeys, VerifyController } from '#libs/platform';
import { publish } from './concern/adapters/events/publish.js';
import { PlacesTold } from './concern/adapters/events/from-directory.js';
import { FollowByCode } from './concern/adapters/follow-by-code.js';
import { PartnersOrganisations } from './concern/adapters/partners-organisations.js';
import { ConcernsSource } from './concern/adapters/extract/concerns-source.js';
import { DecisionsController } from './concern/adapters/extract/decisions.controller.js';
import { ConcernCommands } from './concern/adapters/http/concern-commands.js';
import { ConcernsController } from './concern/adapters/http/concerns.controller.js';
import { Raising } from './concern/adapters/http/raising.js';
import { FindingController } from './concern/adapters/http/finding.controller.js';
import { RoutingController } from './concern/adapters/http/routing.controller.js';
import { SecondLookController } from './concern/adapters/http/second-look.controller.js';
import { FollowingController } from './concern/adapters/http/following.controller.js';
import { TellingMoreController } from './concern/adapters/http/telling-more.controller.js';
import { FollowedFilesController } from './concern/adapters/http/followed-files.controller.js';
import { FilesController } from './concern/adapters/http/files.controller.js';
import { SendingController } from './concern/adapters/http/sending.controller.js';
import { QueueController } from './concern/adapters/http/queue.controller.js';
import { RestrictionController } from './concern/adapters/http/restriction.controller.js';
import { OnHoldController } from './concern/adapters/http/on-hold.controller.js';
import { RetentionController } from './concern/adapters/http/retention.controller.js';
import { DueConcerns, retainedConcerns } from './concern/adapters/persistence/due-concerns.js';
import { Notices } from './concern/adapters/persistence/notices.js';
import { Webhooks, webhookTargets } from './concern/adapters/persistence/webhooks.js';
import { Caller } from './concern/adapters/webhook/caller.js';
import { NoticeBounds } from './concern/adapters/webhook/notice-bounds.js';
import { Notifier } from './concern/adapters/webhook/notifier.js';
import { NoticeLimits, TARGET_RULES, targetRulesOf } from './concern/adapters/webhook/webhook-settings.js';
import type { TargetRules } from './concern/adapters/webhook/targets.js';
import { WebhooksController } from './concern/adapters/http/webhooks.controller.js';
import { RaisingTogetherController } from './concern/adapters/http/raising-together.controller.js';
import { ClamdScanner } from './concern/adapters/files/clamd-scanner.js';
import { FileContents } from './concern/adapters/files/file-contents.js';
import { FileScans } from './concern/adapters/files/file-scans.js';
import { FileLimits } from './concern/adapters/files/file-settings.js';
import { wholeFiles } from './concern/adapters/files/files.check.js';
import { Files } from './concern/adapters/files/files.js';
import { LocalOutbox } from './concern/adapters/post/local-outbox.js';
import { NotifyPost } from './concern/adapters/post/notify-post.js';
import { postOf } from './concern/adapters/post/post-settings.js';
import { Sender } from './concern/adapters/post/sender.js';
import { concernSlice, concernTables, restrictedConcerns } from './concern/adapters/persistence/slice.js';
import { DecidedConcerns } from './concern/adapters/persistence/decided-concerns.js';
import { AwaitedRoutes } from './concern/adapters/persistence/awaited-routes.js';
import { FeedbackOwed } from './concern/adapters/persistence/feedback-owed.js';
import { FoundConcerns } from './concern/adapters/persistence/found-concerns.js';
import { RaisedConcerns } from './concern/adapters/persistence/raised-concerns.js';
import { SamePersonsConcerns } from './concern/adapters/persistence/same-person.js';
import { SamePlacesConcerns } from './concern/adapters/persistence/same-place.js';
import { Followings } from './concern/adapters/persistence/followings.js';
import { Sendings } from './concern/adapters/persistence/sendings.js';
import { SecondLooks } from './concern/adapters/persistence/second-looks.js';
import { TriageQueue } from './concern/adapters/persistence/triage-queue.js';
import { UnsentMessages } from './concern/adapters/persistence/unsent-messages.js';
import { heldInConcerns } from './concern/adapters/subject-access.js';
import { MoreWanted } from './concern/adapters/more-wanted.js';
import { TellingMore } from './concern/adapters/telling-more.js';
import { DIRECTORY, PEOPLE } from './concern/adapters/tokens.js';
import { GoneEnquiriesAsked } from './concern/adapters/gone-enquiries-asked.js';
import { ConcernReading, DecisionsSeen } from './concern/application/concern-reading.js';
import { Concerns } from './concern/application/concerns.js';
import { GoneEnquiries } from './concern/application/gone-enquiries.js';
import { Lots } from './concern/application/lots.js';
import { NoPost, Post } from './concern/application/post.js';
import { Contacts } from './concern/application/reach.js';
import { NoScanner, Scanner } from './concern/application/scanner.js';
import { config } from './config.js';

/** Whoever carries messages to people outside, as it is set. */
function carrierOf(outbox: LocalOutbox): Post {
  const settings = postOf(config);
  if (settings.by === 'notify') return new NotifyPost(settings);
  return settings.by === 'outbox' ? outbox : new NoPost();
}

const aliases = new ToldAliases({ connect: () => connectMaintain(config, 'aliases'), tellers: [peerOf(config.PEOPLE_URL, OwnToken.for(config, INTERNAL))] });

@Module({
  imports: [ServiceModule.for({ config, publish, follows: new Follows((concernId) => concernId) })],
  controllers: [SubjectsController, SubjectAccessController, RaisingTogetherController, WebhooksController, FindingController, SecondLookController, RetentionController, OnHoldController, RestrictionController, RoutingController, ConcernsController, QueueController, SendingController, FollowedFilesController, FilesController, TellingMoreController, FollowingController, ClaimsController, NamedController, RestrictedPeopleController, FromPeople, PlacesTold, DecisionsController, ImportController, OrganisationsNamedController, VerifyController, RebuildController, KeysController],
  providers: [
    ConcernReading,
    Raising,
    PartnersOrganisations,
    { provide: DIRECTORY, useFactory: (ownToken: OwnToken) => (config.DIRECTORY_URL ? peerOf(config.DIRECTORY_URL, ownToken) : undefined), inject: [OwnToken] },
    Identities,
    TriageQueue,
    {
      provide: DueConcerns,
      useFactory: (database: Database, records: Concerns, clock: Clock, narrative: Narrative, gone: GoneEnquiries) => new DueConcerns({ database, records, clock, narrative, rules: config.RETENTION_FILE }, retainedConcerns(config.RETENTION_FILE, gone)),
      inject: [Database, Concerns, Clock, Narrative, GoneEnquiries],
    },
    { provide: GoneEnquiries, useFactory: (ownToken: OwnToken) => new GoneEnquiriesAsked(config.SECTION42_URL === undefined ? undefined : peerOf(config.SECTION42_URL, ownToken)), inject: [OwnToken] },
    { provide: RETENTION_RULES, useValue: config.RETENTION_FILE },
    FeedbackOwed,
    AwaitedRoutes,
    Contacts,
    Followings,
    FollowByCode,
    Sendings,
    UnsentMessages,
    LocalOutbox,
    Sender,
    MoreWanted,
    { provide: Post, useFactory: carrierOf, inject: [LocalOutbox] },
    Webhooks,
    Notices,
    Notifier,
    NoticeBounds,
    { provide: NoticeLimits, useFactory: () => new NoticeLimits(config.WEBHOOK_MOST_WAITING) },
    { provide: TARGET_RULES, useFactory: () => targetRulesOf(config) },
    { provide: Caller, useFactory: (rules: TargetRules) => new Caller(rules), inject: [TARGET_RULES] },
    FileContents,
    FileScans,
    Files,
    TellingMore,
    { provide: FileLimits, useValue: new FileLimits(config.FILE_MEGABYTES * 1_000_000, config.FILES_A_CONCERN) },
    { provide: Scanner, useFactory: () => (config.CLAMAV_URL ? new ClamdScanner(config.CLAMAV_URL) : new NoScanner()) },
    RaisedConcerns,
    FoundConcerns,
    DecidedConcerns,
    SecondLooks,
    { provide: DecisionsSeen, useExisting: SecondLooks },
    { provide: Lots, useFactory: (database: Database) => new Lots(database.vault, config.SECOND_LOOK_SHARE), inject: [Database] },
    SamePersonsConcerns,
    { provide: SamePlacesConcerns, useFactory: (clock: Clock) => new SamePlacesConcerns(clock, config.PLACE_MONTHS), inject: [Clock] },
    { provide: RestrictedRecords, useFactory: (database: Database, clock: Clock) => new RestrictedRecords(database, clock, restrictedConcerns), inject: [Database, Clock] },
    { provide: BrokenGlass, useFactory: (database: Database, records: Concerns, clock: Clock) => new BrokenGlass({ database, records, clock, kind: restrictedConcerns, minutes: config.GLASS_MINUTES }), inject: [Database, Concerns, Clock] },
    ConcernsSource,
    {
      provide: HeldInRecords,
      useFactory: (database: Database, clock: Clock, narrative: Narrative, records: Concerns) => new HeldInRecords({ ...heldInConcerns, database, clock, narrative, records }),
      inject: [Database, Clock, Narrative, Concerns],
    },
    { provide: HeldAbout, useExisting: HeldInRecords },
    { provide: Subjects, useExisting: HeldInRecords },
    { provide: PEOPLE, useFactory: (ownToken: OwnToken) => peerOf(config.PEOPLE_URL, ownToken), inject: [OwnToken] },
    { provide: Concerns, useFactory: (narrative: Narrative) => new Concerns(concernSlice, narrative), inject: [Narrative] },
    { provide: InheritedRestrictions, useFactory: (own: OwnToken) => new InheritedRestrictions(restrictedConcerns, config.DOLS_URL === undefined ? undefined : peerOf(config.DOLS_URL, own)), inject: [OwnToken] },
    { provide: Claimed, useFactory: (concerns: Concerns, inherited: InheritedRestrictions) => new Claimed('concern', concerns, (state) => (state.status === 'absent' ? undefined : state.story.receivedAt), (tx, about) => inherited.besides(tx, about)), inject: [Concerns, InheritedRestrictions] },
    {
      provide: ConcernCommands,
      useFactory: (database: Database, concerns: Concerns, clock: Clock) => new ConcernCommands(database, concerns, clock),
      inject: [Database, Concerns, Clock],
    },
    { provide: UnderOwnKeys, useValue: { sealed: [quarantined, namesOfOrganisations, webhookTargets], besides: [] } satisfies UnderOwnKeys },
    { provide: KeptTables, useValue: { slice: concernSlice, tables: concernTables, besides: [aliases] } },
    {
      provide: Checks,
      useFactory: (common: CommonChecks, maintain: MaintainSource) => new Checks([...common.all, readTables(maintain, { slice: concernSlice, tables: concernTables }), aliases, wholeFiles(maintain)]),
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
