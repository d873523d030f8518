import { type Day, daysBetween, type Instant, londonDay } from '#libs/calendar';
import { type Band, bands } from './codes.js';

/** What the queue knows of a request that waits. */
export interface InQueue {
  requestId: string;
  /** Null: nobody has given it a priority yet. */
  band: Band | null;
  receivedAt: Instant;
}

/** A band of the page: those still without a priority have one of their own, and it is shown first. */
export type QueueBand = Band | 'to_be_prioritised';
export const queueBands: readonly QueueBand[] = ['to_be_prioritised', ...bands];

/** How long anybody waits at most, and who owes an answer when somebody waited longer. */
export interface QueuePolicy {
  readonly version: number;
  readonly from: Day;
  readonly source: string;
  /** Of each week's capacity, kept for the longest waiting. */
  readonly reservedPercent: number;
  readonly longestWaitDays: Readonly<Record<QueueBand, number>>;
  readonly owedBy: Readonly<Record<QueueBand, string>>;
}

export const queuePolicies: readonly QueuePolicy[] = [
  {
    version: 1,
    from: '2009-04-01',
    source: 'unsourced: council to set',
    reservedPercent: 25,
    longestWaitDays: { to_be_prioritised: 2, high: 21, medium: 90, low: 180 },
    owedBy: {
      to_be_prioritised: 'dols_duty_officer',
      high: 'dols_team_manager',
      medium: 'dols_team_manager',
      low: 'dols_team_manager',
    },
  },
];

/** The policy of a day; before its first version, the first. */
export function queuePolicyOn(day: Day, table: readonly QueuePolicy[] = queuePolicies): QueuePolicy {
  const found = table.findLast((policy) => policy.from <= day) ?? table[0];
  if (found === undefined) throw new Error('there is no queue policy');
  return found;
}

/** How long somebody has waited, against the longest that anybody of their band may. */
export interface Wait {
  waitingDays: number;
  longestWaitDays: number;
  breached: boolean;
}

/** The wait of one request. */
export function waitOf({ band, receivedAt }: Pick<InQueue, 'band' | 'receivedAt'>, today: Day, policy: QueuePolicy = queuePolicyOn(today)): Wait {
  const longestWaitDays = policy.longestWaitDays[band ?? 'to_be_prioritised'];
  const waitingDays = daysBetween(londonDay(receivedAt), today);
  return { waitingDays, longestWaitDays, breached: waitingDays > longestWaitDays };
}

/** The order of the page: band first, then who has waited longest. Age never lifts anybody over a band. */
export function inOrderOfBand<T extends InQueue>(waiting: readonly T[]): T[] {
  return waiting.toSorted((a, b) => rank(a) - rank(b) || byAge(a, b));
}

/** Who has waited longest, whatever their band. */
export function inOrderOfAge<T extends InQueue>(waiting: readonly T[]): T[] {
  return waiting.toSorted(byAge);
}

/** How the week's capacity is shared, and what a part of a place is carried over from the week before. */
export interface Share {
  percent: number;
  /** Hundredths of a place: a share of 25 % of two places is a place every other week, not none for ever. */
  carriedHundredths: number;
}

export interface WeekPlan<T> {
  byBand: T[];
  /** The reserved share: those who have waited longest of all that are left. */
  longestWaiting: T[];
  /** Not this week, in the order of the page. */
  later: T[];
  carriedHundredths: number;
}

/**
 * Who is taken up this week. High goes first, then medium and low, then those without a priority; a reserved
 * share goes to whoever has waited longest of the rest, so that nobody waits for ever.
 */
export function weekPlan<T extends InQueue>(waiting: readonly T[], capacity: number, share: Share): WeekPlan<T> {
  const places = Math.max(0, Math.floor(capacity));
  const percent = Math.min(100, Math.max(0, share.percent));
  const hundredths = places * percent + Math.max(0, share.carriedHundredths);
  const reserved = Math.min(places, Math.floor(hundredths / 100));
  const ranked = inOrderOfBand(waiting);
  const inTurn = [...ranked.filter(({ band }) => band !== null), ...ranked.filter(({ band }) => band === null)];
  const byBand = inTurn.slice(0, places - reserved);
  const longestWaiting = inOrderOfAge(inTurn.slice(places - reserved)).slice(0, reserved);
  const taken = new Set<InQueue>([...byBand, ...longestWaiting]);
  const later = ranked.filter((each) => !taken.has(each));
  return { byBand, longestWaiting, later, carriedHundredths: hundredths - reserved * 100 };
}

function rank({ band }: InQueue): number {
  return queueBands.indexOf(band ?? 'to_be_prioritised');
}

function byAge(a: InQueue, b: InQueue): number {
  return compare(a.receivedAt, b.receivedAt) || compare(a.requestId, b.requestId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
