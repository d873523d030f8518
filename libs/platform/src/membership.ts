import { type Role, roleCodes } from '#libs/access';
import { type Bearer, TokenRefused } from '#libs/identity';
import { type Account, inventedAccountOf, staffMemberIdOf } from './account.js';
import { inventedClients } from './invented-clients.js';
import type { KnownMember } from './known-staff.js';
import { inventedStaff, type Staff } from './staff.js';

/** Who somebody is here who has proved at the provider who they are. The one place where that is asked. */
export abstract class Membership {
  /** Undefined for whoever is nobody here. */
  abstract find(bearer: Bearer): Staff | undefined | Promise<Staff | undefined>;
}

const keyOf = ({ tid, oid }: Account): string => `${tid}/${oid}`.toLowerCase();

/** As the provider has it. Roles from the token, the council from the tenant; ids follow from the account, but for invented people, who have ids that can be remembered. */
export class TokenMembership extends Membership {
  private readonly invented = new Map([...inventedStaff, ...inventedClients].map((one) => [keyOf(inventedAccountOf(one.id)), one]));

  constructor(
    private readonly councils: ReadonlyMap<string, string>,
    /** Nobody is invented at a real provider, whatever account it names. */
    private readonly isLocal: boolean,
  ) {
    super();
  }

  override find({ account, roles, surname, postcode }: Bearer): Staff {
    const held = roles.filter((role): role is Role => roleCodes.includes(role as Role));
    const called = { ...(surname === undefined ? {} : { surname }), ...(postcode === undefined ? {} : { postcode }) };
    const invented = this.isLocal ? this.invented.get(keyOf(account)) : undefined;
    if (invented) return { id: invented.id, name: invented.name, authority: invented.authority, roles: held, ...called };
    return { id: staffMemberIdOf(account), name: '', authority: this.councils.get(account.tid.toLowerCase()) ?? null, roles: held, ...called };
  }
}

/** Roles that the directory gives nobody: whose they are is for the provider to say. */
const isProviders = (role: Role): boolean => role === 'partner' || role === 'public';

export interface KnownMembershipParts {
  known: { find(id: string): Promise<KnownMember | undefined> };
  told: TokenMembership;
  /** The provider is the one for trying out: nobody real signs in. */
  isLocal: boolean;
}

/**
 * As the directory has it: whoever it knows is what it says, and nobody once they are disabled, whatever their token says.
 * Programs are in no directory, nor are partners' people. Of the others, those whom it does not know are nobody, but for
 * invented people, of whom a service may not have been told everything yet.
 */
export class KnownMembership extends Membership {
  constructor(protected readonly parts: KnownMembershipParts) {
    super();
  }

  override async find(bearer: Bearer): Promise<Staff | undefined> {
    const { known, told, isLocal } = this.parts;
    const said = told.find(bearer);
    if (bearer.kind === 'client') return said;
    const member = await known.find(staffMemberIdOf(bearer.account));
    const ended = endedBefore(bearer, member);
    if (member && (member.isWhole || !isLocal)) return member.isActive ? { ...said, ...ended, id: member.actsAs, roles: member.roles, authority: member.authority } : undefined;
    if (isLocal) return said;
    const roles = said.roles.filter(isProviders);
    return roles.length > 0 ? { ...said, roles } : undefined;
  }
}

/** When their sessions were ended, where they were. Throws where they proved who they are before that. */
function endedBefore({ provedAt }: Bearer, member: KnownMember | undefined): Pick<Staff, 'sessionsEndedAt'> {
  const sessionsEndedAt = member?.sessionsEndedAt ?? null;
  if (sessionsEndedAt === null) return {};
  if (provedAt <= sessionsEndedAt) throw new TokenRefused('ended', 'An administrator ended your sessions. Sign in again.');
  return { sessionsEndedAt };
}
