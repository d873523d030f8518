import { v5 } from 'uuid';

/** Where somebody signs in: the provider's tenant and its own id of the account. */
export interface Account {
  tid: string;
  oid: string;
}

const namespace = '0f3c9a52-6a0e-5d0f-9c5b-9d1b7f0e4c11';

/** The id of somebody's record follows from their account, so registering it twice is registering it once. */
export const staffMemberIdOf = ({ tid, oid }: Account): string => v5(`${tid}/${oid}`.toLowerCase(), namespace);

const inventedTenant = '5f6f1d43-8c0a-5f7e-a6d5-1c1f4a7be0d2';

/** The account of one of the invented staff. */
export const inventedAccountOf = (staffId: string): Account => ({ tid: inventedTenant, oid: v5(staffId, inventedTenant) });
