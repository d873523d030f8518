import { HttpException } from '@nestjs/common';

export interface Staff {
  id: string;
  /** Shown on pages; invented. */
  name: string;
  role: string;
  /** ONS code; null for the board, which sees every authority's measures and nobody's record. */
  authority: string | null;
}

/** Invented people who act until people can sign in. They stand for roles, one of each in both authorities. */
const roles = {
  partner: 'Partner',
  triage: 'Triage Officer',
  manager: 'Manager',
  worker: 'Enquiry Worker',
  dols: 'DoLS Administrator',
  bia: 'Best Interests Assessor',
  mha: 'Mental Health Assessor',
  authoriser: 'Authoriser',
  data: 'Data Manager',
  auditor: 'Auditor',
  administrator: 'Administrator',
} as const;

export const inventedStaff: readonly Staff[] = [
  ...Object.entries(roles).flatMap(([role, title]) =>
    [1, 2].flatMap((n) => [
      { id: `staff-${role}-${n}`, name: `West ${title} ${n} (invented)`, role, authority: 'E06000062' },
      { id: `staff-${role}-north-${n}`, name: `North ${title} ${n} (invented)`, role, authority: 'E06000061' },
    ]),
  ),
  { id: 'staff-board-1', name: 'Board Member 1 (invented)', role: 'board', authority: null },
];

const byId = new Map(inventedStaff.map((one) => [one.id, one]));

/** Who acts, from the `caseward-actor` header. Throws 401 when nobody, or nobody known, is named. */
export function staffNamed(id: string | undefined): Staff {
  const staff = id === undefined ? undefined : byId.get(id);
  if (staff) return staff;
  throw new HttpException(
    'Say who acts in the header caseward-actor, with the id of one of the invented staff (for example staff-triage-1).',
    401,
  );
}
