import { v5 } from 'uuid';

/** Where somebody signs in: the provider's tenant and its own id of the account. */
export interface Account {
  tid: string;
  oid: string;
}

const namespace = '0f3c9a52-6a0e-5d0f-9c5b-9d1b7f0e4c11';

/** The id of somebody's record follows from their account, so registering it twice is registering it once. */
export function staffMemberIdOf(account: Account): string {
  const found = known.get(account);
  if (found) return found;
  const id = v5(`${account.tid}/${account.oid}`.toLowerCase(), namespace);
  known.set(account, id);
  return id;
}

/** Every request asks it of whoever it is from, whose account is the same as long as their token is known. */
const known = new WeakMap<Readonly<Account>, string>();

const inventedTenant = '5f6f1d43-8c0a-5f7e-a6d5-1c1f4a7be0d2';

/** The account of one of the invented staff. */
export const inventedAccountOf = (staffId: string): Account => ({ tid: inventedTenant, oid: v5(staffId, inventedTenant) });
