import type { Application, Enquiry } from './cases.ts';
import { median } from './sums.ts';
import { dayNumber, londonDay, type Micros } from './time.ts';

/** Enquiries opened and not yet allocated when a month ended. */
export function unallocatedAt(enquiries: Enquiry[], end: Micros): number {
  return enquiries.filter(({ openedAt, allocatedAt }) => openedAt < end && !(allocatedAt !== undefined && allocatedAt < end)).length;
}

/** Applications received and not decided when a month ended, and how long they have waited. */
export function waitingDolsAt(dols: Application[], end: Micros, lastDay: string) {
  const waiting = dols.filter(({ receivedAt, decidedAt }) => receivedAt < end && !(decidedAt !== undefined && decidedAt < end));
  const days = waiting.map(({ receivedOn }) => dayNumber(lastDay) - receivedOn);
  return {
    waiting: waiting.length,
    median_days: median(days.map(BigInt), 1n),
    max_days: days.length === 0 ? null : days.reduce((most, one) => Math.max(most, one)),
    new: waiting.filter(({ kind }) => kind === 'new').length,
    renewal: waiting.filter(({ kind }) => kind === 'renewal').length,
  };
}

/** Applications decided in a span of time. */
export function decidedDolsOf(dols: Application[], start: Micros, end: Micros) {
  const decided = dols.filter(({ decidedAt }) => decidedAt !== undefined && decidedAt >= start && decidedAt < end);
  return {
    decided: decided.length,
    granted: decided.filter(({ outcome }) => outcome === 'granted').length,
    within_21_days: decided.filter(({ receivedOn, decidedAt }) => dayNumber(londonDay(decidedAt!)) - receivedOn <= 21).length,
  };
}
