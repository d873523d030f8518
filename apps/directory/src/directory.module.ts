import { Module, type Provider, type Type } from '@nestjs/common';
import type { TextRef } from '#libs/decider';
import { OwnToken } from '#libs/identity';
import { type DomainEvent, Narrative, readTables, type Records, type Slice } from '#libs/journal';
import { Checks, Clock, type Commands, CommonChecks, Database, KeptTables, KeysController, MaintainSource, peerOf, RebuildController, ServiceModule, VerifyController } from '#libs/platform';
import { config } from './config.js';
import { InventedDirectory } from './invented/invented-directory.js';
import { kept } from './kept.js';
import { FILE_PEERS, FoundMentions, type FilePeers } from './mention/adapters/extract/found-mentions.js';
import { MentionCommands } from './mention/adapters/http/commands.js';
import { MentionsController } from './mention/adapters/http/mentions.controller.js';
import { mentionSlice } from './mention/adapters/persistence/slice.js';
import { MentionReading } from './mention/application/mention-reading.js';
import { Mentions } from './mention/application/mentions.js';
import type { NamedReading } from './named-reading.js';
import { OrganisationCommands } from './organisation/adapters/http/commands.js';
import { OrganisationsController } from './organisation/adapters/http/organisations.controller.js';
import { PartnersController } from './organisation/adapters/http/partners.controller.js';
import { organisationSlice } from './organisation/adapters/persistence/slice.js';
import { OrganisationReading } from './organisation/application/organisation-reading.js';
import { Organisations } from './organisation/application/organisations.js';
import { PlaceCommands } from './place/adapters/http/commands.js';
import { PlacesController } from './place/adapters/http/places.controller.js';
import { placeSlice } from './place/adapters/persistence/slice.js';
import { PlaceReading } from './place/application/place-reading.js';
import { Places } from './place/application/places.js';
import { AwayController } from './staff/adapters/http/away.controller.js';
import { StaffCommands } from './staff/adapters/http/commands.js';
import { OwnViewsController } from './staff/adapters/http/own-views.controller.js';
import { StaffController } from './staff/adapters/http/staff.controller.js';
import { Deputies } from './staff/adapters/persistence/deputies.js';
import { OwnMembership } from './staff/adapters/persistence/own-membership.js';
import { OwnRecord } from './staff/adapters/persistence/own-record.js';
import { staffSlice } from './staff/adapters/persistence/slice.js';
import { StaffMembers } from './staff/application/staff-members.js';
import { StaffReading } from './staff/application/staff-reading.js';
import { TeamCommands } from './team/adapters/http/commands.js';
import { TeamsController } from './team/adapters/http/teams.controller.js';
import { teamSlice } from './team/adapters/persistence/slice.js';
import { TeamReading } from './team/application/team-reading.js';
import { Teams } from './team/application/teams.js';

interface Kind<State, Command, Event extends DomainEvent> {
  what: string;
  slice: Slice<State, Command, Event>;
  nameOf: (state: State) => TextRef | null;
  records: Type<Records<State, Command, Event>>;
  commands: Type<Commands<State, Command, Event>>;
  reading: Type<NamedReading<State, Command, Event>>;
}

/** What every kind of record here is served with. */
const served = <State, Command, Event extends DomainEvent>({ what, slice, nameOf, ...serve }: Kind<State, Command, Event>): Provider[] => [
  { provide: serve.records, useFactory: (narrative: Narrative) => new serve.records(slice, narrative), inject: [Narrative] },
  {
    provide: serve.commands,
    useFactory: (database: Database, records: Records<State, Command, Event>, clock: Clock) => new serve.commands(database, records, clock),
    inject: [Database, serve.records, Clock],
  },
  {
    provide: serve.reading,
    useFactory: (database: Database, narrative: Narrative, clock: Clock, records: Records<State, Command, Event>) => new serve.reading({ database, narrative, clock }, records, { what, nameOf }),
    inject: [Database, Narrative, Clock, serve.records],
  },
];

@Module({
  imports: [ServiceModule.for({ config, publish: kept.slice.publish, membership: (around) => new OwnMembership(around) })],
  controllers: [StaffController, AwayController, OwnViewsController, TeamsController, OrganisationsController, PartnersController, PlacesController, MentionsController, VerifyController, RebuildController, KeysController],
  providers: [
    ...served({
      what: 'staff member', slice: staffSlice, records: StaffMembers, commands: StaffCommands, reading: StaffReading,
      nameOf: (state) => (state.status === 'absent' ? null : state.member.name),
    }),
    ...served({ what: 'team', slice: teamSlice, records: Teams, commands: TeamCommands, reading: TeamReading, nameOf: (state) => (state.status === 'absent' ? null : state.team.name) }),
    ...served({
      what: 'organisation', slice: organisationSlice, records: Organisations, commands: OrganisationCommands, reading: OrganisationReading,
      nameOf: (state) => (state.status === 'absent' ? null : state.organisation.name),
    }),
    ...served({ what: 'place', slice: placeSlice, records: Places, commands: PlaceCommands, reading: PlaceReading, nameOf: (state) => (state.status === 'absent' ? null : state.place.name) }),
    ...served({
      what: 'mention', slice: mentionSlice, records: Mentions, commands: MentionCommands, reading: MentionReading, nameOf: (state) => (state.status === 'absent' ? null : state.mention.name),
    }),
    FoundMentions,
    {
      provide: FILE_PEERS,
      useFactory: (ownToken: OwnToken): FilePeers => {
        const at = (url: string | undefined) => (url === undefined ? undefined : peerOf(url, ownToken));
        return { concerns: at(config.TRIAGE_URL), dols: at(config.DOLS_URL) };
      },
      inject: [OwnToken],
    },
    Deputies,
    OwnRecord,
    ...(config.INVENTED_STAFF ? [InventedDirectory] : []),
    { provide: KeptTables, useValue: kept },
    {
      provide: Checks,
      useFactory: (common: CommonChecks, maintain: MaintainSource) => new Checks([...common.all, readTables(maintain, kept)]),
      inject: [CommonChecks, MaintainSource],
    },
  ],
})
export class DirectoryModule {}
