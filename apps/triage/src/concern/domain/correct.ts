import type { AbuseType } from './codes.js';
import type { CorrectConcern } from './concern-commands.js';
import type { ConcernEvent, Correction } from './concern-events.js';
import type { AwaitingTriage, Concern, Story, Triaged } from './concern-state.js';
import { type Allegation, kindsIn } from './particulars.js';
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
  'otherAllegations',
] as const satisfies readonly Correction['field'][];

/** Puts one field right, with the reason. */
export function correct(command: CorrectConcern, state: Concern): ConcernEvent[] {
  const concern = held(state);
  const { at, by, correction, reason } = command;
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say why this needs putting right.');
  if (correction.field === 'receivedAt') needsPlausibleReceipt(correction.value, at, concern);
  if (isAlready(concern.story, correction)) return [];
  return [{ type: 'ConcernCorrected', at, by, correction, ...kindsAfter(concern.story, correction), reason }];
}

function needsPlausibleReceipt(receivedAt: string, now: string, concern: AwaitingTriage | Triaged): void {
  if (receivedAt > now) refuse('concern/received-in-the-future', 'A concern cannot have come in later than now.');
  const first = concern.story.earlierDecisions[0] ?? (concern.status === 'triaged' ? concern.decision : undefined);
  if (first && receivedAt > first.at)
    refuse('concern/decided-before-received', 'The concern would have come in after it was decided. Check the time.');
}

function isAlready({ receivedAt, particulars }: Story, { field, value }: Correction): boolean {
  if (field === 'otherAllegations') return alleged(particulars.otherAllegations ?? []) === alleged(value);
  const current = field === 'receivedAt' ? receivedAt : particulars[field];
  return listed(current) === listed(value);
}

const alleged = (all: readonly Allegation[]): string => JSON.stringify(all.map(({ abuseType, sourceOfRisk, locationType }) => [abuseType, sourceOfRisk, locationType]));

/** Others are told the kinds in all that is alleged, whichever part of it is put right. */
function kindsAfter({ particulars }: Story, { field, value }: Correction): { kinds?: AbuseType[] } {
  if (field === 'otherAllegations') return { kinds: kindsIn({ ...particulars, otherAllegations: value }) };
  return field === 'abuseTypes' && particulars.otherAllegations ? { kinds: kindsIn({ ...particulars, abuseTypes: value }) } : {};
}

function listed(value: Exclude<Correction, { field: 'otherAllegations' }>['value']): string {
  return JSON.stringify(Array.isArray(value) ? [...new Set(value)].toSorted() : value);
}
