export const STAFF_ROLES = [
  'triage_officer',
  'enquiry_worker',
  'manager',
  'dols_administrator',
  'best_interests_assessor',
  'mental_health_assessor',
  'authoriser',
  'data_manager',
  'board_member',
  'auditor',
  'administrator',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
