/** The roles that people have, and how they are called on pages and in answers. */
export const roles = {
  partner: 'partner',
  public: 'member of the public',
  triage_officer: 'triage officer',
  enquiry_worker: 'enquiry worker',
  manager: 'manager',
  dols_administrator: 'DoLS administrator',
  best_interests_assessor: 'best interests assessor',
  mental_health_assessor: 'mental health assessor',
  authoriser: 'authoriser',
  data_manager: 'data manager',
  board_member: 'board member',
  auditor: 'auditor',
  administrator: 'administrator',
} as const;

export type Role = keyof typeof roles;

export const roleCodes = Object.keys(roles) as Role[];
