import { agreedError, assertNever, type Decider, declineError, proposeError } from '#libs/decider';

import type { Place, PlaceCommand, PlaceEvent } from './place-parts.js';
import { close, correct, held, register, takeOver } from './keep-place.js';

export type * from './place-parts.js';
export { CORRECTABLE_FIELDS } from './keep-place.js';

/** A place where people live or are cared for. */
export const place: Decider<Place, PlaceCommand, PlaceEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterPlace':
        return register(command, state);
      case 'CorrectPlace':
        return correct(command, held(state));
      case 'TakeOverPlace':
        return takeOver(command, held(state));
      case 'ClosePlace':
        return close(command, held(state));
      case 'ProposeEnteredInError':
        return proposeError('place', command, held(state).place.errorProposal);
      case 'DeclineEnteredInError':
        return declineError('place', command, held(state).place.errorProposal);
      case 'ConfirmEnteredInError': {
        if (state.status === 'entered-in-error') return [];
        const agreed = agreedError('place', command, held(state).place.errorProposal);
        return [{ type: 'PlaceEnteredInError', at: command.at, proposedBy: agreed.by, confirmedBy: command.by, reason: agreed.reason }];
      }
      default:
        return assertNever(command);
    }
  },

  evolve(state, event) {
    if (event.type === 'PlaceRegistered') {
      const { cqcLocationId, setting, localArea, organisationId, name } = event;
      return { status: 'open', place: { cqcLocationId, setting, localArea, organisationId, name, errorProposal: null } };
    }
    if (state.status === 'absent') throw new Error(`${event.type} before the place was registered`);
    const { place } = state;
    switch (event.type) {
      case 'PlaceCorrected':
        return { ...state, place: { ...place, [event.correction.field]: event.correction.value } };
      case 'PlaceTakenOver':
        return { ...state, place: { ...place, organisationId: event.organisationId } };
      case 'PlaceClosed':
        return { status: 'closed', place, closedOn: event.closedOn };
      case 'EnteredInErrorProposed':
        return { ...state, place: { ...place, errorProposal: { by: event.by, at: event.at, reason: event.reason } } };
      case 'EnteredInErrorDeclined':
        return { ...state, place: { ...place, errorProposal: null } };
      case 'PlaceEnteredInError':
        return { status: 'entered-in-error', place: { ...place, errorProposal: null } };
      default:
        return assertNever(event);
    }
  },
};

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Place): PlaceCommand['type'][] {
  if (state.status === 'absent') return ['RegisterPlace'];
  if (state.status === 'entered-in-error') return [];
  const about = state.place.errorProposal ? (['ConfirmEnteredInError', 'DeclineEnteredInError'] as const) : (['ProposeEnteredInError'] as const);
  return ['CorrectPlace', ...(state.status === 'open' ? (['TakeOverPlace', 'ClosePlace'] as const) : []), ...about];
}
