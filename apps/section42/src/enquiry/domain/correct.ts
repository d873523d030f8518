import type { Instant } from '#libs/calendar';

import type { CorrectEnquiry } from './enquiry-commands.js';
import type { Correction, EnquiryEvent } from './enquiry-events.js';
import type { Allocated, Concluded, Enquiry, Open } from './enquiry-state.js';
import { needsMatchingOutcomes } from './conclude.js';
import { needsPerson, needsWords, refuse } from './refuse.js';
import { held } from './standing.js';

type Held = Open | Allocated | Concluded;

/** Fields that may be put right. */
export const CORRECTABLE_FIELDS = [
  'openedAt',
  'allocatedAt',
  'concludedAt',
  'conductedBy',
  'mentalCapacity',
  'advocate',
  'outcomes',
] as const satisfies readonly Correction['field'][];

/** Puts one field right, with the reason. */
export function correct(command: CorrectEnquiry, state: Enquiry): EnquiryEvent[] {
  const enquiry = held(state);
  const { at, by, correction } = command;
  needsPerson(by);
  const reason = needsWords(command.reason, 'enquiry/reason-required', 'Say why this needs putting right.');
  needsThere(correction, enquiry);
  if (correction.field === 'outcomes') needsMatchingOutcomes(correction.value.asked, correction.value.achieved);
  needsOrder(correction, enquiry, at);
  if (isAlready(correction, enquiry)) return [];
  return [{ type: 'EnquiryCorrected', at, by, correction, reason }];
}

function needsThere({ field }: Correction, { status }: Held): void {
  if (field === 'openedAt' || field === 'conductedBy') return;
  if (field === 'allocatedAt') {
    if (status === 'open') refuse('enquiry/not-allocated', 'Nobody has this enquiry yet, so there is no time of allocation to put right.');
  } else if (status !== 'concluded')
    refuse('enquiry/not-concluded', 'That is recorded when the enquiry is concluded. There is nothing to put right yet.');
}

function needsOrder({ field, value }: Correction, enquiry: Held, now: Instant): void {
  if (field !== 'openedAt' && field !== 'allocatedAt' && field !== 'concludedAt') return;
  if (value > now) refuse('enquiry/in-the-future', 'That time has not come yet.');
  const times = { ...timesOf(enquiry), [field]: value };
  if (times.allocatedAt && times.allocatedAt < times.openedAt)
    refuse('enquiry/allocated-before-opened', 'The enquiry would have been allocated before it was opened. Check the time.');
  if (times.allocatedAt && times.concludedAt && times.concludedAt < times.allocatedAt)
    refuse('enquiry/concluded-before-allocated', 'The enquiry would have been concluded before anybody had it. Check the time.');
}

function timesOf(enquiry: Held): { openedAt: Instant; allocatedAt?: Instant; concludedAt?: Instant } {
  const { openedAt } = enquiry.story;
  if (enquiry.status === 'open') return { openedAt };
  const allocatedAt = enquiry.allocation.at;
  return enquiry.status === 'allocated' ? { openedAt, allocatedAt } : { openedAt, allocatedAt, concludedAt: enquiry.conclusion.at };
}

function isAlready({ field, value }: Correction, enquiry: Held): boolean {
  const conclusion = enquiry.status === 'concluded' ? enquiry.conclusion : undefined;
  switch (field) {
    case 'conductedBy':
      return enquiry.story.conductedBy === value;
    case 'mentalCapacity':
    case 'advocate':
      return conclusion?.[field] === value;
    case 'outcomes':
      return conclusion?.outcomesAsked === value.asked && conclusion.outcomesAchieved === value.achieved;
    default:
      return timesOf(enquiry)[field] === value;
  }
}
