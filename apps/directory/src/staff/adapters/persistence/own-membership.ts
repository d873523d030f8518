import type { Role } from '#libs/access';
import type { Bearer } from '#libs/identity';
import { type AroundMembership, KnownMembership, type KnownMember, type Staff, staffMemberIdOf } from '#libs/platform';

const administrator: Role = 'administrator';

/**
 * Who somebody is in the directory itself, which needs no copy. A council that has no administrator here yet, or none any
 * more, takes the word of its identity provider for one, so that the first colleague can be registered and given that role.
 */
export class OwnMembership extends KnownMembership {
  private readonly database: AroundMembership['database'];

  constructor({ database, told, isLocal }: AroundMembership) {
    super({ known: { find: (id) => findMember(database, id) }, told, isLocal });
    this.database = database;
  }

  override async find(bearer: Bearer): Promise<Staff | undefined> {
    const found = await super.find(bearer);
    const said = this.parts.told.find(bearer);
    if (this.parts.isLocal || bearer.kind === 'client' || found?.roles.includes(administrator) || !said.roles.includes(administrator)) return found;
    if (!(await this.mayBeTheFirst(staffMemberIdOf(bearer.account), said.authority))) return found;
    return { ...said, roles: [...(found?.roles ?? []), administrator] };
  }

  private async mayBeTheFirst(id: string, authority: string | null): Promise<boolean> {
    if (authority === null) return false;
    const [said] = await this.database.query<{ may: boolean }[]>(`select may_be_first_administrator($1, $2) as may`, [authority, id]);
    return said!.may;
  }
}

/** Asked before it is known for whom the request runs: past the policies, by a function that answers about one account. */
async function findMember(database: AroundMembership['database'], id: string): Promise<KnownMember | undefined> {
  const [row] = await database.query<{ acts_as: string; authority: string; roles: Role[]; status: string; sessions_ended_ms: number | null }[]>(
    `select acts_as, authority, roles, status, (extract(epoch from sessions_ended_at) * 1000)::float8 as sessions_ended_ms from member_who_signs_in($1)`,
    [id],
  );
  if (!row) return undefined;
  // A board member's role holds in no council, whichever looks after the record.
  const isForCouncil = row.roles.some((role) => role !== 'board_member');
  return { actsAs: row.acts_as, authority: isForCouncil ? row.authority : null, roles: row.roles, isActive: row.status === 'active', isWhole: true, sessionsEndedAt: row.sessions_ended_ms };
}
