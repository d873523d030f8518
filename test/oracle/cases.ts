import type { Rows } from './judge.ts';
import { dayNumber, londonDay, type Micros } from './time.ts';

export interface Concern { authority: string; person: string; receivedAt: Micros; referrer: string; decidedAt?: Micros; outcome?: string }

export interface Enquiry {
  authority: string;
  openedAt: Micros;
  allocatedAt?: Micros;
  concludedAt?: Micros;
  asked?: string;
  achieved?: string;
  capacity?: string;
  advocate?: string;
}

export interface Application { authority: string; kind: string; receivedAt: Micros; receivedOn: number; decidedAt?: Micros; outcome?: string }

export interface Cases { concerns: Concern[]; enquiries: Enquiry[]; dols: Application[] }

/** What had happened before a moment, as the rows tell it now. */
export function casesOf(rows: Rows, before: Micros): Cases {
  return { concerns: concernsOf(rows, before), enquiries: enquiriesOf(rows, before), dols: dolsOf(rows, before) };
}

function concernsOf({ concerns }: Rows, before: Micros): Concern[] {
  return [...concerns.values()].filter(({ times }) => times.received_at! < before).map(({ cells, times }) => ({
    authority: cells.authority!,
    person: cells.person_ref!,
    receivedAt: times.received_at!,
    referrer: cells.referrer_type!,
    ...(happened(times.triaged_at, before) ? { decidedAt: times.triaged_at, outcome: cells.triage_outcome! } : {}),
  }));
}

function enquiriesOf({ concerns, enquiries }: Rows, before: Micros): Enquiry[] {
  const withRow = new Set([...enquiries.values()].map(({ cells }) => cells.concern_ref));
  const assumed = [...concerns].filter(([reference, { cells }]) => cells.triage_outcome === 's42_enquiry' && !withRow.has(reference))
    .map(([, { cells, times }]) => ({ authority: cells.authority!, openedAt: times.triaged_at! }));
  const told = [...enquiries.values()].map(({ cells, times }) => ({
    authority: concerns.get(cells.concern_ref!)!.cells.authority!,
    openedAt: times.opened_at!,
    ...(happened(times.allocated_at, before) ? { allocatedAt: times.allocated_at } : {}),
    ...(happened(times.concluded_at, before) ? conclusion(cells, times.concluded_at) : {}),
  }));
  return [...told, ...assumed].filter(({ openedAt }) => openedAt < before);
}

function conclusion(cells: Record<string, string>, concludedAt: Micros) {
  return { concludedAt, asked: cells.outcomes_asked!, achieved: cells.outcomes_achieved!, capacity: cells.mental_capacity!, advocate: cells.advocate! };
}

function dolsOf({ dols }: Rows, before: Micros): Application[] {
  return [...dols.values()].filter(({ times }) => times.received_at! < before).map(({ cells, times }) => ({
    authority: cells.authority!,
    kind: cells.kind!,
    receivedAt: times.received_at!,
    receivedOn: dayNumber(londonDay(times.received_at!)),
    ...(happened(times.decided_at, before) ? { decidedAt: times.decided_at, outcome: cells.outcome! } : {}),
  }));
}

function happened(at: Micros | undefined, before: Micros): at is Micros {
  return at !== undefined && at < before;
}
