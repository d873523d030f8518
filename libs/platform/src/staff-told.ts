import type { ContractOf, ContractType } from '#libs/contracts';

/** What a copy of the directory follows from. Leave, teams and deputies are left, since no right depends on them. */
export const staffTypes = [
  'safeguarding.staff-member.registered.v1',
  'safeguarding.staff-member.roles-changed.v1',
  'safeguarding.staff-member.disabled.v1',
  'safeguarding.staff-member.enabled.v1',
  'safeguarding.staff-member.entered-in-error.v1',
  'safeguarding.staff-member.sessions-ended.v1',
] as const satisfies readonly ContractType[];

export type StaffContract = ContractOf<(typeof staffTypes)[number]>;

/** What the directory told of somebody, each part with the sequence of the event that told it last; 0: nothing was told of it. */
export interface StaffTold {
  id: string;
  acts_as: string | null;
  registered_sequence: number;
  roles: string[];
  /** The council they act for; null for none. */
  acts_for: string | null;
  roles_sequence: number;
  status: 'active' | 'disabled' | 'entered-in-error';
  status_sequence: number;
  /** Whoever signed in as them before has to do so again. */
  sessions_ended_at: string | null;
}

const nothing = { acts_as: null, registered_sequence: 0, roles: [], acts_for: null, roles_sequence: 0, status: 'active', status_sequence: 0, sessions_ended_at: null } as const satisfies Omit<StaffTold, 'id'>;

/** The last words on everybody whom these events are about, in whatever order they came. */
export function lastWords(contracts: readonly StaffContract[]): StaffTold[] {
  const told = new Map<string, StaffTold>();
  for (const one of contracts) told.set(one.subject, heard(told.get(one.subject) ?? { id: one.subject, ...nothing, roles: [] }, one));
  // In one order for everybody, so that no two wait for each other.
  return [...told.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function heard(told: StaffTold, { type, sequence, time, data }: StaffContract): StaffTold {
  switch (type) {
    case 'safeguarding.staff-member.registered.v1': {
      // Whoever was entered in error may be registered anew, and then has no roles yet.
      const named = sequence > told.registered_sequence ? { ...told, acts_as: data.actsAs, registered_sequence: sequence } : told;
      return withRoles(withStatus(named, 'active', sequence), [], sequence);
    }
    case 'safeguarding.staff-member.roles-changed.v1':
      return withRoles(told, data.roles, sequence);
    case 'safeguarding.staff-member.disabled.v1':
      return withStatus(told, 'disabled', sequence);
    case 'safeguarding.staff-member.enabled.v1':
      return withStatus(told, 'active', sequence);
    case 'safeguarding.staff-member.entered-in-error.v1':
      return withStatus(told, 'entered-in-error', sequence);
    case 'safeguarding.staff-member.sessions-ended.v1':
      // All times are written alike.
      return { ...told, sessions_ended_at: told.sessions_ended_at !== null && told.sessions_ended_at > time ? told.sessions_ended_at : time };
  }
}

const withStatus = (told: StaffTold, status: StaffTold['status'], sequence: number): StaffTold =>
  sequence > told.status_sequence ? { ...told, status, status_sequence: sequence } : told;

function withRoles(told: StaffTold, roles: readonly { role: string; authority: string | null }[], sequence: number): StaffTold {
  if (sequence <= told.roles_sequence) return told;
  // Roles hold in the one council that looks after the person; a board member's holds in none.
  const acts_for = roles.find(({ authority }) => authority !== null)?.authority ?? null;
  return { ...told, roles: roles.map(({ role }) => role), acts_for, roles_sequence: sequence };
}
