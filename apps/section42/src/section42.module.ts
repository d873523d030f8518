import { Module } from '@nestjs/common';
import { INTERNAL, OwnToken } from '#libs/identity';
import { ImportController, Importer, quarantined } from '#libs/extract';
import { Narrative, readTables } from '#libs/journal';
import { HeldAbout, HeldInRecords, SubjectAccessController } from '#libs/subject-access';
import { Checks, Clock, CommonChecks, connectMaintain, Database, Follows, KeptTables, KeysController, MaintainSource, peerOf, RebuildController, RestrictionsTold, RETENTION_RULES, ServiceModule, ToldRestrictions, UnderOwnKeys, VerifyController } from '#libs/platform';
import { config } from './config.js';
import { FromTriage } from './enquiry/adapters/events/from-triage.js';
import { publish } from './enquiry/adapters/events/publish.js';
import { AssumedEnquiriesController } from './enquiry/adapters/extract/assumed-enquiries.controller.js';
import { EnquiriesSource } from './enquiry/adapters/extract/enquiries-source.js';
import { DisposedController } from './enquiry/adapters/http/disposed.controller.js';
import { EnquiriesController, EnquiryCommands } from './enquiry/adapters/http/enquiries.controller.js';
import { QueueController } from './enquiry/adapters/http/queue.controller.js';
import { ReadingController } from './enquiry/adapters/http/reading.controller.js';
import { RetentionController } from './enquiry/adapters/http/retention.controller.js';
import { DueEnquiries, retainedEnquiries } from './enquiry/adapters/persistence/due-enquiries.js';
import { enquirySlice, enquiryTables } from './enquiry/adapters/persistence/slice.js';
import { UnallocatedQueue } from './enquiry/adapters/persistence/unallocated-queue.js';
import { HeldConcernsAsked } from './enquiry/adapters/held-concerns-asked.js';
import { heldInEnquiries } from './enquiry/adapters/subject-access.js';
import { TRIAGE } from './enquiry/adapters/tokens.js';
import { Enquiries, enquiryIdOf } from './enquiry/application/enquiries.js';
import { HeldConcerns } from './enquiry/application/held-concerns.js';
import { EnquiryReading } from './enquiry/application/enquiry-reading.js';

/** An enquiry is open to whom its concern is open to. */
const follows = new Follows(enquiryIdOf);
const restrictions = new ToldRestrictions({ connect: () => connectMaintain(config, 'restrictions'), tellers: [peerOf(config.TRIAGE_URL, OwnToken.for(config, INTERNAL))], follows });

@Module({
  imports: [ServiceModule.for({ config, publish, follows })],
  controllers: [SubjectAccessController, RetentionController, DisposedController, ReadingController, EnquiriesController, QueueController, FromTriage, RestrictionsTold, AssumedEnquiriesController, ImportController, VerifyController, RebuildController, KeysController],
  providers: [
    EnquiryReading,
    UnallocatedQueue,
    {
      provide: DueEnquiries,
      useFactory: (database: Database, records: Enquiries, clock: Clock, narrative: Narrative, concerns: HeldConcerns) => new DueEnquiries({ database, records, clock, narrative, rules: config.RETENTION_FILE }, retainedEnquiries(config.RETENTION_FILE, concerns)),
      inject: [Database, Enquiries, Clock, Narrative, HeldConcerns],
    },
    { provide: HeldConcerns, useFactory: (ownToken: OwnToken) => new HeldConcernsAsked(peerOf(config.TRIAGE_URL, ownToken)), inject: [OwnToken] },
    { provide: RETENTION_RULES, useValue: config.RETENTION_FILE },
    { provide: Follows, useValue: follows },
    EnquiriesSource,
    {
      provide: HeldAbout,
      useFactory: (database: Database, clock: Clock, narrative: Narrative, records: Enquiries) => new HeldInRecords({ ...heldInEnquiries, database, clock, narrative, records }),
      inject: [Database, Clock, Narrative, Enquiries],
    },
    { provide: TRIAGE, useFactory: (ownToken: OwnToken) => peerOf(config.TRIAGE_URL, ownToken), inject: [OwnToken] },
    { provide: Enquiries, useFactory: (narrative: Narrative) => new Enquiries(enquirySlice, narrative), inject: [Narrative] },
    {
      provide: EnquiryCommands,
      useFactory: (database: Database, enquiries: Enquiries, clock: Clock) => new EnquiryCommands(database, enquiries, clock),
      inject: [Database, Enquiries, Clock],
    },
    { provide: UnderOwnKeys, useValue: { sealed: [quarantined], besides: [] } satisfies UnderOwnKeys },
    { provide: KeptTables, useValue: { slice: enquirySlice, tables: enquiryTables, besides: [restrictions] } },
    {
      provide: Checks,
      useFactory: (common: CommonChecks, maintain: MaintainSource) => new Checks([...common.all, readTables(maintain, { slice: enquirySlice, tables: enquiryTables }), restrictions]),
      inject: [CommonChecks, MaintainSource],
    },
    {
      provide: Importer,
      useFactory: (source: EnquiriesSource, database: Database) => new Importer(source, database),
      inject: [EnquiriesSource, Database],
    },
  ],
})
export class Section42Module {}
