import { addDays, type Day, londonDay } from '#libs/calendar';
import type { LookReason } from './codes.js';
import { type InQueue, inOrderOfBand, type QueueBand, type QueuePolicy, queuePolicyOn, waitOf } from './queue.js';

/** What else is known of a request that waits, where somebody may owe it something. */
export interface Watched extends InQueue {
  urgentExpiresOn: Day | null;
  needsRescreening: boolean;
  toLookAt: readonly LookReason[];
  nextContactOn: Day | null;
}

export type DutyCode = 'longest_wait_passed' | 'urgent_lapsed' | 'look_again' | 'rescreen' | 'contact_due';

/** Something that somebody owes to a person who waits. */
export interface Duty {
  requestId: string;
  code: DutyCode;
  band: QueueBand;
  /** The first day on which it was owed; null where it does not follow from a date. */
  since: Day | null;
  owedBy: string;
}

/** Everything owed on the queue today, in the order of the page. */
export function duties(waiting: readonly Watched[], today: Day, policy: QueuePolicy = queuePolicyOn(today)): Duty[] {
  return inOrderOfBand(waiting).flatMap((each) => owed(each, today, policy));
}

function owed(each: Watched, today: Day, policy: QueuePolicy): Duty[] {
  const band = each.band ?? 'to_be_prioritised';
  const duty = (code: DutyCode, since: Day | null): Duty => ({
    requestId: each.requestId,
    code,
    band,
    since,
    owedBy: policy.owedBy[band],
  });
  const found: Duty[] = [];
  const { breached, longestWaitDays } = waitOf(each, today, policy);
  if (breached) found.push(duty('longest_wait_passed', addDays(londonDay(each.receivedAt), longestWaitDays + 1)));
  if (each.urgentExpiresOn !== null && each.urgentExpiresOn < today) {
    found.push(duty('urgent_lapsed', addDays(each.urgentExpiresOn, 1)));
  }
  if (each.toLookAt.length > 0) found.push(duty('look_again', null));
  if (each.needsRescreening) found.push(duty('rescreen', null));
  if (each.nextContactOn !== null && each.nextContactOn <= today) found.push(duty('contact_due', each.nextContactOn));
  return found;
}
