import { type Role, roleCodes, roles, type Who } from '#libs/access';

export interface Staff extends Who {
  /** Shown on pages; invented. */
  name: string;
  /** What they are called last, where their provider tells it of them: kept nowhere, and told to nobody. */
  surname?: string;
  /** Where they live, likewise. */
  postcode?: string;
  /** Nobody who signed in as them before is let in; in milliseconds. */
  sessionsEndedAt?: number;
}

/** What the ids of invented people of a role begin with. */
const called: Record<Role, string> = {
  partner: 'partner',
  public: 'public',
  triage_officer: 'triage',
  enquiry_worker: 'worker',
  manager: 'manager',
  dols_administrator: 'dols',
  best_interests_assessor: 'bia',
  mental_health_assessor: 'mha',
  authoriser: 'authoriser',
  data_manager: 'data',
  board_member: 'board',
  auditor: 'auditor',
  administrator: 'administrator',
};

/** One board for both authorities: its members act for none. */
const boards = [{ at: '', name: '', authority: null }];
const councils = [
  { at: '', name: 'West', authority: 'E06000062' },
  { at: '-north', name: 'North', authority: 'E06000061' },
];

/** Invented people, for trying out and for tests. They stand for roles, two of each in both authorities. */
export const inventedStaff: readonly Staff[] = roleCodes.flatMap((role) =>
  (role === 'board_member' ? boards : councils).flatMap(({ at, name, authority }) =>
    [1, 2].map((n) => ({ id: `staff-${called[role]}${at}-${n}`, name: `${nameOf(name, roles[role])} ${n} (invented)`, roles: [role], authority })),
  ),
);

function nameOf(of: string, role: string): string {
  return of === '' ? role.charAt(0).toUpperCase() + role.slice(1) : `${of} ${role}`;
}
