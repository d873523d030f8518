import { isCqcLocationId } from './codes.js';
import type { ClosePlace, Correction, CorrectPlace, GivenCorrection, Place, PlaceEvent, RegisterPlace, TakeOverPlace } from './place-parts.js';
import { reasonOf, refuse } from './refuse.js';

export const CORRECTABLE_FIELDS = ['name', 'cqcLocationId', 'setting', 'localArea'] as const satisfies readonly Correction['field'][];

type Held = Extract<Place, { status: 'open' | 'closed' }>;

export function register(command: RegisterPlace, state: Place): PlaceEvent[] {
  if (state.status !== 'absent') return [];
  const { at, by, cqcLocationId, setting, localArea, organisationId, name } = command;
  if (name === null) return refuse('place/name-required', 'Say what the place is called.');
  needsLocation(cqcLocationId, command.isLocationTaken);
  needsOrganisation(command.isOrganisationOpen);
  return [{ type: 'PlaceRegistered', at, by, cqcLocationId, setting, localArea, organisationId, name }];
}

/** Puts one thing right, with the reason. */
export function correct({ at, by, ...command }: CorrectPlace, { status, place }: Held): PlaceEvent[] {
  const reason = reasonOf(command.reason, 'Say why this needs putting right.');
  const correction = wholeOf(command.correction);
  if (correction.field === 'cqcLocationId') needsLocation(correction.value, status === 'open' && command.isLocationTaken);
  const isAlready = correction.field === 'name' ? place.name.hmac === correction.value.hmac : place[correction.field] === correction.value;
  return isAlready ? [] : [{ type: 'PlaceCorrected', at, by, correction, reason }];
}

function wholeOf(given: GivenCorrection): Correction {
  if (given.field !== 'name') return given;
  return { field: 'name', value: given.value ?? refuse('place/name-required', 'Say what the place is called.') };
}

/** Another organisation runs it from a day on. */
export function takeOver({ at, by, organisationId, since, today, isOrganisationOpen }: TakeOverPlace, state: Held): PlaceEvent[] {
  if (state.status === 'closed') return refuse('place/closed', 'This place is closed. Nobody can take it over.');
  if (since > today) refuse('place/in-the-future', 'That day has not come yet. Record it on the day.');
  if (state.place.organisationId === organisationId) return [];
  needsOrganisation(isOrganisationOpen);
  return [{ type: 'PlaceTakenOver', at, by, organisationId, since }];
}

export function close({ at, by, closedOn, today, reason }: ClosePlace, state: Held): PlaceEvent[] {
  if (state.status === 'closed') return [];
  if (closedOn > today) refuse('place/in-the-future', 'It has not closed yet. Record it on the day.');
  return [{ type: 'PlaceClosed', at, by, closedOn, reason }];
}

/** The place, open or closed. */
export function held(state: Place): Held {
  if (state.status === 'absent') return refuse('place/not-registered', 'There is no place with this id.');
  if (state.status === 'entered-in-error') return refuse('place/entered-in-error', 'This place was recorded as entered in error. Nothing more can be done on it.');
  return state;
}

function needsLocation(cqcLocationId: string | null, isTaken: boolean): void {
  if (cqcLocationId === null) return;
  if (!isCqcLocationId(cqcLocationId))
    refuse('place/no-location-id', 'The Care Quality Commission’s id of a location looks like 1-123456789 or, for a site of an NHS trust, like RNS01.');
  if (isTaken) refuse('place/location-taken', 'Another open place has this location id.');
}

function needsOrganisation(isOpen: boolean): void {
  if (!isOpen) refuse('place/no-such-organisation', 'There is no such organisation here, or it is closed.');
}
