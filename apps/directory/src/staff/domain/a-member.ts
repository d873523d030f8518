import type { TextRef } from '#libs/decider';

import type { AppointDeputy, RegisterStaffMember } from './staff-commands.js';
import type { Deputyship, HeldRole, StaffEvent, StaffMemberRegistered } from './staff-events.js';

export const MONDAY = '2026-06-01T09:00:00.000000Z';
export const TUESDAY = '2026-06-02T09:00:00.000000Z';
export const WEST = 'E06000062';

/** Words that are kept elsewhere. */
export const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });

const ACCOUNT = { tid: 'tenant', oid: 'account' };

/** Somebody who is taken on. */
export function aRegistration(change: Partial<RegisterStaffMember> = {}): RegisterStaffMember {
  return { type: 'RegisterStaffMember', at: MONDAY, by: 'administrator-1', account: ACCOUNT, actsAs: 'worker-1', authority: WEST, name: words('name'), ...change };
}

/** Somebody who was. */
export function aMember(change: Partial<StaffMemberRegistered> = {}): StaffMemberRegistered {
  return { type: 'StaffMemberRegistered', at: MONDAY, by: 'administrator-1', account: ACCOUNT, actsAs: 'worker-1', authority: WEST, name: words('name'), ...change };
}

export const administrator: HeldRole = { role: 'administrator', authority: WEST };
export const worker: HeldRole = { role: 'enquiry_worker', authority: WEST };

/** They have these roles now, the last of them new. */
export const given = (...roles: HeldRole[]): StaffEvent => ({ type: 'RoleGiven', at: MONDAY, by: 'administrator-1', given: roles.at(-1)!, roles });

export const disabled: StaffEvent = { type: 'StaffMemberDisabled', at: TUESDAY, by: 'administrator-1', reason: words('has left') };

/** Somebody is to act for them in August. */
export function aDeputy(change: Partial<AppointDeputy> = {}): AppointDeputy {
  return {
    type: 'AppointDeputy', at: TUESDAY, by: 'administrator-1', staffMemberId: 'member-1', deputyId: 'member-2', from: '2026-08-03', to: '2026-08-14',
    today: '2026-06-02', isDeputyActive: true, ...change,
  };
}

/** Somebody acts for them, on these days. */
export const appointed = (deputies: Deputyship[]): StaffEvent => ({ type: 'DeputyAppointed', at: TUESDAY, by: 'administrator-1', appointed: deputies[0]!, deputies });
