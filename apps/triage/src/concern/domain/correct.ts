import type { CorrectConcern } from './concern-commands.js';
import type { ConcernEvent, Correction } from './concern-events.js';
import type { AwaitingTriage, Concern, Story, Triaged } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { held } from './standing.js';

/** Fields that may be put right. A decision is not among them: it is made again. */
export const CORRECTABLE_FIELDS = [
  'receivedAt',
  'channel',
  'referrerType',
  'abuseTypes',
  'locationType',
  'sourceOfRisk',
  'immediateRisk',
] as const satisfies readonly Correction['field'][];

/** Puts one field right, with the reason. */
export function correct(command: CorrectConcern, state: Concern): ConcernEvent[] {
  const concern = held(state);
  const { at, by, correction, reason } = command;
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say why this needs putting right.');
  if (correction.field === 'receivedAt') needsPlausibleReceipt(correction.value, at, concern);
  if (isAlready(concern.story, correction)) return [];
  return [{ type: 'ConcernCorrected', at, by, correction, reason }];
}

function needsPlausibleReceipt(receivedAt: string, now: string, concern: AwaitingTriage | Triaged): void {
  if (receivedAt > now) refuse('concern/received-in-the-future', 'A concern cannot have come in later than now.');
  const first = concern.story.earlierDecisions[0] ?? (concern.status === 'triaged' ? concern.decision : undefined);
  if (first && receivedAt > first.at)
    refuse('concern/decided-before-received', 'The concern would have come in after it was decided. Check the time.');
}

function isAlready({ receivedAt, particulars }: Story, { field, value }: Correction): boolean {
  const current = field === 'receivedAt' ? receivedAt : particulars[field];
  return listed(current) === listed(value);
}

function listed(value: Correction['value']): string {
  return JSON.stringify(Array.isArray(value) ? [...new Set(value)].toSorted() : value);
}
