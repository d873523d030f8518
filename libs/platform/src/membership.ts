import { type Role, roleCodes } from '#libs/access';
import type { Bearer } from '#libs/identity';
import { type Account, inventedAccountOf, staffMemberIdOf } from './account.js';
import { inventedClients } from './invented-clients.js';
import { inventedStaff, type Staff } from './staff.js';

/**
 * Who somebody is here who has proved at the provider who they are. The one seam: today the token says which roles they
 * have, and settings which council they act for; a service's own copy of the directory will say both.
 */
export abstract class Membership {
  /** Undefined for whoever is nobody here. */
  abstract find(bearer: Bearer): Staff | undefined;
}

const keyOf = ({ tid, oid }: Account): string => `${tid}/${oid}`.toLowerCase();

/** Roles from the token; ids that follow from the account, but for invented people, who have ids that can be remembered. */
export class TokenMembership extends Membership {
  private readonly invented = new Map([...inventedStaff, ...inventedClients].map((one) => [keyOf(inventedAccountOf(one.id)), one]));

  constructor(private readonly councils: ReadonlyMap<string, string>) {
    super();
  }

  override find({ account, roles }: Bearer): Staff | undefined {
    const held = roles.filter((role): role is Role => roleCodes.includes(role as Role));
    const invented = this.invented.get(keyOf(account));
    if (invented) return { id: invented.id, name: invented.name, authority: invented.authority, roles: held };
    return { id: staffMemberIdOf(account), name: '', authority: this.councils.get(account.tid.toLowerCase()) ?? null, roles: held };
  }
}
