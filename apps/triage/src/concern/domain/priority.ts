import type { Instant } from '#libs/calendar';

/** What the triage queue is sorted by. */
export interface QueuePlace {
  concernId: string;
  immediateRisk: boolean | null;
  /** When the shortest clock runs out. */
  dueAt: Instant;
  receivedAt: Instant;
}

/**
 * The order of the triage queue: immediate risk first, then the least time left. Ties go to the earlier receipt,
 * then to the id, so that no two places are ever equal and every page of the queue follows from the last.
 * Time left falls alike for everybody, so the order by due time needs no clock.
 */
export function byPriority(a: QueuePlace, b: QueuePlace): number {
  return (
    Number(b.immediateRisk === true) - Number(a.immediateRisk === true) ||
    compare(a.dueAt, b.dueAt) ||
    compare(a.receivedAt, b.receivedAt) ||
    compare(a.concernId, b.concernId)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
