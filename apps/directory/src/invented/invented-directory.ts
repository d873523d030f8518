import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { codes } from '#libs/contracts';
import { type DomainEvent, type Records, type Tx, Words } from '#libs/journal';
import { Clock, Database } from '#libs/platform';
import { AmongOthers } from '../among-others.js';
import { Organisations } from '../organisation/application/organisations.js';
import { Places } from '../place/application/places.js';
import { StaffMembers } from '../staff/application/staff-members.js';
import type { StaffCommand } from '../staff/domain/staff-member.js';
import { Teams } from '../team/application/teams.js';
import { organisationIdOf, organisations, partnersOf, placeIdOf, teamCodes, teamIdOf, teamNameOf } from './invented-places.js';
import { type InventedMember, inventedMembers } from './invented-staff.js';

/** A record that is made unless it is there: what became of it since then stays as it is. */
interface Wanted<Command> {
  recordId: string;
  authority: string;
  by: string;
  make: (act: { at: string; by: string }, words: Words) => Command[];
}

/** Registers the invented staff of every authority, with a few teams, organisations and places, as people would. */
@Injectable()
export class InventedDirectory implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly staff: StaffMembers,
    private readonly teams: Teams,
    private readonly organisations: Organisations,
    private readonly places: Places,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(codes.authority.options, async (tx) => {
      for (const authority of codes.authority.options) {
        // Another process of the service may be at it too.
        await AmongOthers.of(tx, authority);
        await this.keep(tx, authority);
      }
    }, 3);
  }

  private async keep(tx: Tx, authority: string): Promise<void> {
    const members = inventedMembers.filter((one) => one.authority === authority);
    const { actsAs: by } = members.find(({ role }) => role.role === 'administrator')!;
    const own = { authority, by };
    await this.make(tx, this.teams, teamCodes.map((code) => ({
      ...own,
      recordId: teamIdOf(authority, code),
      make: (act, words) => [{ type: 'FormTeam', ...act, code, isCodeTaken: false, name: words.keep(teamNameOf(code)) }],
    })));
    await this.make(tx, this.staff, members.map((member) => ({ ...member, make: (act, words) => membershipOf(member, act, words) })));
    await this.make(tx, this.organisations, organisations.map((one) => ({
      ...own,
      recordId: organisationIdOf(authority, one),
      make: (act, words) => [
        { type: 'RegisterOrganisation', ...act, kind: one.kind, name: words.keep(one.name) },
        ...partnersOf(authority, one).map((partnerId) => ({ type: 'AddPartner', ...act, partnerId, isAnothers: false }) as const),
      ],
    })));
    await this.make(tx, this.places, organisations.flatMap((runBy) => runBy.places.map(({ name, ...place }) => ({
      ...own,
      recordId: placeIdOf(authority, { name }),
      make: (act, words) => [{
        type: 'RegisterPlace', ...act, ...place, organisationId: organisationIdOf(authority, runBy), isLocationTaken: false, isOrganisationOpen: true, name: words.keep(name),
      }],
    }))));
  }

  private async make<State, Command, Event extends DomainEvent>(tx: Tx, records: Records<State, Command, Event>, wanted: Wanted<Command>[]): Promise<void> {
    const at = this.clock.now();
    const there = new Set((await records.standings(tx, wanted.map(({ recordId }) => recordId))).map(({ recordId }) => recordId));
    await records.handleAll(tx, wanted.filter(({ recordId }) => !there.has(recordId)).flatMap(({ recordId, authority, by, make }) => {
      const words = new Words(this.database.vault);
      return make({ at, by }, words).map((command) => ({ recordId, command, context: { authority, actor: by, recordedAt: at }, words }));
    }));
  }
}

function membershipOf({ account, actsAs, authority, name, role, teamId }: InventedMember, act: { at: string; by: string }, words: Words): StaffCommand[] {
  return [
    { type: 'RegisterStaffMember', ...act, account, actsAs, authority, name: words.keep(name) },
    { type: 'GiveRole', ...act, ...role },
    ...(teamId ? [{ type: 'JoinTeam', ...act, teamId, isTeamOpen: true } as const] : []),
  ];
}
