import { Module } from '@nestjs/common';
import { INTERNAL, OwnToken } from '#libs/identity';
import { ImportController, Importer, quarantined } from '#libs/extract';
import { Narrative, readTables, Vault } from '#libs/journal';
import { HeldAbout, SubjectAccessController } from '#libs/subject-access';
import { Checks, Clock, CommonChecks, connectMaintain, Database, Follows, KeptTables, KeysController, MaintainSource, peerOf, RebuildController, RequestRestrictionsTold, RestrictionsTold, RETENTION_RULES, ServiceModule, ToldRestrictions, UnderOwnKeys, VerifyController } from '#libs/platform';
import { config } from './config.js';
import { FromCases } from './person/adapters/events/from-cases.js';
import { HttpClaimSource } from './person/adapters/events/http-claim-source.js';
import { publish } from './person/adapters/events/publish.js';
import { AgesController } from './person/adapters/extract/ages.controller.js';
import { BirthSeal, sealedBirths } from './person/adapters/extract/birth-seal.js';
import { ForgetRows } from './person/adapters/extract/forget-rows.js';
import { PeopleSource } from './person/adapters/extract/people-source.js';
import { OtherRecordsAsked } from './person/adapters/http/other-records-asked.js';
import { RetentionController } from './person/adapters/http/retention.controller.js';
import { FindingController } from './person/adapters/http/finding.controller.js';
import { PeopleController } from './person/adapters/http/people.controller.js';
import { DuePeople, retainedPeople } from './person/adapters/persistence/due-people.js';
import { keptClaims } from './person/adapters/persistence/kept-claims.js';
import { KeptIdentities } from './person/adapters/persistence/kept-identities.js';
import { RenewedTokens } from './person/adapters/persistence/renewed-tokens.js';
import { SealedPersonFile } from './person/adapters/persistence/sealed-person-file.js';
import { SealedSearch } from './person/adapters/persistence/sealed-search.js';
import { personSlice, personTables } from './person/adapters/persistence/slice.js';
import { ToldNamings } from './person/adapters/persistence/told-namings.js';
import { SqlAcquaintance } from './person/adapters/persistence/sql-acquaintance.js';
import { SqlClaimFile } from './person/adapters/persistence/sql-claim-file.js';
import { phonetic } from './person/adapters/phonetic.js';
import { RECEIVERS } from './person/adapters/tokens.js';
import { ChangePerson } from './person/application/change-person.js';
import { ClaimSource } from './person/application/claim-source.js';
import { CorrectingIdentity } from './person/application/correct-identity.js';
import { DisposingOfPeople } from './person/application/disposing.js';
import { FindPeople } from './person/application/find-people.js';
import { IdentifyRecords } from './person/application/identify-records.js';
import { ImportedRows } from './person/application/imported-rows.js';
import { Joining } from './person/application/joining.js';
import { HeldAboutPerson } from './person/application/held-about-person.js';
import { Ear, Likeness } from './person/application/likeness.js';
import { LettingGo } from './person/application/let-go.js';
import { MakeKnown } from './person/application/make-known.js';
import { NightlySweep } from './person/application/nightly-sweep.js';
import { OtherRecords } from './person/application/other-records.js';
import { Acquaintance, ClaimFile, PersonFile } from './person/application/person-file.js';
import { Persons } from './person/application/persons.js';
import { ReadingPeople } from './person/application/reading-people.js';
import { SearchFile } from './person/application/search-file.js';
import { Together } from './person/application/together.js';

const personReads = { slice: personSlice, tables: personTables };
/** A person's record is the concern, or the request, itself. */
const follows = new Follows((id) => id);
const connecting = (use: string) => () => connectMaintain(config, use);
const tellers = [config.TRIAGE_URL, config.DOLS_URL].map((url) => peerOf(url, OwnToken.for(config, INTERNAL)));
const restrictions = new ToldRestrictions({ connect: connecting('restrictions'), tellers, follows });
const namings = new ToldNamings({ connect: connecting('namings'), tellers });

@Module({
  imports: [ServiceModule.for({ config, publish, messagesSee: 'every', follows })],
  controllers: [RetentionController, FindingController, PeopleController, SubjectAccessController, FromCases, RestrictionsTold, RequestRestrictionsTold, AgesController, ImportController, VerifyController, RebuildController, KeysController],
  providers: [
    IdentifyRecords,
    { provide: Follows, useValue: follows },
    Likeness,
    MakeKnown,
    LettingGo,
    Together,
    DisposingOfPeople,
    NightlySweep,
    ChangePerson,
    CorrectingIdentity,
    Joining,
    ReadingPeople,
    FindPeople,
    { provide: HeldAbout, useClass: HeldAboutPerson },
    BirthSeal,
    PeopleSource,
    { provide: PersonFile, useClass: SealedPersonFile },
    { provide: ImportedRows, useClass: ForgetRows },
    { provide: SearchFile, useClass: SealedSearch },
    { provide: ClaimFile, useClass: SqlClaimFile },
    { provide: Acquaintance, useClass: SqlAcquaintance },
    { provide: ClaimSource, useClass: HttpClaimSource },
    { provide: Ear, useValue: { hear: phonetic } satisfies Ear },
    { provide: RECEIVERS, useFactory: (own: OwnToken) => ({ concern: peerOf(config.TRIAGE_URL, own), dols_request: peerOf(config.DOLS_URL, own) }), inject: [OwnToken] },
    { provide: RETENTION_RULES, useValue: config.RETENTION_FILE },
    {
      provide: OtherRecords,
      useFactory: (own: OwnToken) => new OtherRecordsAsked({ triage: peerOf(config.TRIAGE_URL, own), section42: peerOf(config.SECTION42_URL, own), dols: peerOf(config.DOLS_URL, own) }),
      inject: [OwnToken],
    },
    {
      provide: DuePeople,
      useFactory: (database: Database, records: Persons, clock: Clock, narrative: Narrative, together: Together, acquaintance: Acquaintance) =>
        new DuePeople({ database, records, clock, narrative, rules: config.RETENTION_FILE }, retainedPeople({ rules: config.RETENTION_FILE, together, acquaintance })),
      inject: [Database, Persons, Clock, Narrative, Together, Acquaintance],
    },
    { provide: Persons, useFactory: (narrative: Narrative) => new Persons(personSlice, narrative), inject: [Narrative] },
    {
      provide: KeptIdentities,
      useFactory: (vault: Vault, database: Database, file: SealedPersonFile) => new KeptIdentities({ connect: connecting('identities'), vault, database, file }),
      inject: [Vault, Database, PersonFile],
    },
    { provide: RenewedTokens, useFactory: (database: Database, file: SealedPersonFile) => new RenewedTokens({ database, file, config }), inject: [Database, PersonFile] },
    { provide: UnderOwnKeys, useFactory: (identities: KeptIdentities) => ({ sealed: [quarantined, sealedBirths], besides: [identities] }), inject: [KeptIdentities] },
    { provide: KeptTables, useFactory: (identities: KeptIdentities) => ({ ...personReads, besides: [identities, restrictions, namings] }), inject: [KeptIdentities] },
    {
      provide: Checks,
      useFactory: (common: CommonChecks, maintain: MaintainSource, identities: KeptIdentities, vault: Vault) =>
        new Checks([...common.all, readTables(maintain, personReads), identities, restrictions, namings, keptClaims(connecting('claims'), vault)]),
      inject: [CommonChecks, MaintainSource, KeptIdentities, Vault],
    },
    {
      provide: Importer,
      useFactory: (source: PeopleSource, database: Database) => new Importer(source, database),
      inject: [PeopleSource, Database],
    },
  ],
})
export class PeopleModule {}
