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

/** The queues of which somebody can keep views. */
export const VIEW_QUEUES = ['triage', 'enquiries', 'dols'] as const;
export type ViewQueue = (typeof VIEW_QUEUES)[number];
