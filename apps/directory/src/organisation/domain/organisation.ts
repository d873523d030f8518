import { agreedError, assertNever, type Decider, declineError, proposeError } from '#libs/decider';

import type { AddPartner, CloseOrganisation, Correction, CorrectOrganisation, Organisation, OrganisationCommand, OrganisationEvent, RegisterOrganisation, RemovePartner } from './organisation-parts.js';
import { reasonOf, refuse } from './refuse.js';

export type * from './organisation-parts.js';

type Held = Extract<Organisation, { status: 'open' | 'closed' }>;

/** A partner organisation: who raises concerns, runs places, makes enquiries for the council. */
export const organisation: Decider<Organisation, OrganisationCommand, OrganisationEvent> = {
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'RegisterOrganisation':
        return register(command, state);
      case 'CorrectOrganisation':
        return correct(command, held(state));
      case 'CloseOrganisation':
        return close(command, held(state));
      case 'AddPartner':
        return addPartner(command, held(state));
      case 'RemovePartner':
        return removePartner(command, held(state));
      case 'ProposeEnteredInError':
        return proposeError('organisation', command, held(state).organisation.errorProposal);
      case 'DeclineEnteredInError':
        return declineError('organisation', command, held(state).organisation.errorProposal);
      case 'ConfirmEnteredInError': {
        if (state.status === 'entered-in-error') return [];
        const agreed = agreedError('organisation', command, held(state).organisation.errorProposal);
        needsNoPlaces(command.places);
        return [{ type: 'OrganisationEnteredInError', at: command.at, proposedBy: agreed.by, confirmedBy: command.by, reason: agreed.reason }];
      }
      default:
        return assertNever(command);
    }
  },

  evolve(state, event) {
    if (event.type === 'OrganisationRegistered') return { status: 'open', organisation: { kind: event.kind, name: event.name, partners: [], errorProposal: null } };
    if (state.status === 'absent') throw new Error(`${event.type} before the organisation was registered`);
    const { organisation } = state;
    switch (event.type) {
      case 'OrganisationCorrected':
        return { ...state, organisation: { ...organisation, [event.correction.field]: event.correction.value } };
      case 'OrganisationClosed':
        return { status: 'closed', organisation, closedOn: event.closedOn };
      case 'PartnerAdded':
        return { ...state, organisation: { ...organisation, partners: [...organisation.partners, { id: event.partnerId, since: event.at, by: event.by }] } };
      case 'PartnerRemoved':
        return { ...state, organisation: { ...organisation, partners: organisation.partners.filter(({ id }) => id !== event.partnerId) } };
      case 'EnteredInErrorProposed':
        return { ...state, organisation: { ...organisation, errorProposal: { by: event.by, at: event.at, reason: event.reason } } };
      case 'EnteredInErrorDeclined':
        return { ...state, organisation: { ...organisation, errorProposal: null } };
      case 'OrganisationEnteredInError':
        return { status: 'entered-in-error', organisation: { ...organisation, errorProposal: null } };
      default:
        return assertNever(event);
    }
  },
};

/** What may be done next, so far as the state alone can tell. `decide` stays the judge. */
export function permitted(state: Organisation): OrganisationCommand['type'][] {
  if (state.status === 'absent') return ['RegisterOrganisation'];
  if (state.status === 'entered-in-error') return [];
  const about = state.organisation.errorProposal ? (['ConfirmEnteredInError', 'DeclineEnteredInError'] as const) : (['ProposeEnteredInError'] as const);
  return ['CorrectOrganisation', ...(state.organisation.partners.length > 0 ? (['RemovePartner'] as const) : []), ...(state.status === 'open' ? (['CloseOrganisation', 'AddPartner'] as const) : []), ...about];
}

function register({ at, by, kind, name }: RegisterOrganisation, state: Organisation): OrganisationEvent[] {
  if (state.status !== 'absent') return [];
  if (name === null) return refuse('organisation/name-required', 'Say what the organisation is called.');
  return [{ type: 'OrganisationRegistered', at, by, kind, name }];
}

function correct({ at, by, correction, ...command }: CorrectOrganisation, { organisation }: Held): OrganisationEvent[] {
  const reason = reasonOf(command.reason, 'Say why this needs putting right.');
  const whole = wholeOf(correction);
  const isAlready = whole.field === 'name' ? organisation.name.hmac === whole.value.hmac : organisation.kind === whole.value;
  return isAlready ? [] : [{ type: 'OrganisationCorrected', at, by, correction: whole, reason }];
}

function wholeOf(correction: CorrectOrganisation['correction']): Correction {
  if (correction.field === 'kind') return correction;
  return { field: 'name', value: correction.value ?? refuse('organisation/name-required', 'Say what the organisation is called.') };
}

function close({ at, by, closedOn, today, places, reason }: CloseOrganisation, state: Held): OrganisationEvent[] {
  if (state.status === 'closed') return [];
  if (closedOn > today) refuse('organisation/closed-in-the-future', 'It has not closed yet. Record it on the day.');
  needsNoPlaces(places);
  return [{ type: 'OrganisationClosed', at, by, closedOn, reason }];
}

/** Somebody's people or program sign in for it from now on. Nobody signs in for two, so that what they raise is one organisation's. */
function addPartner({ at, by, partnerId, isAnothers }: AddPartner, state: Held): OrganisationEvent[] {
  if (isPartner(state, partnerId)) return [];
  if (state.status === 'closed') refuse('organisation/closed', 'This organisation is no more. Nobody signs in for it.');
  if (isAnothers) refuse('organisation/partner-of-another', 'They sign in for another organisation. Take them off there first.');
  return [{ type: 'PartnerAdded', at, by, partnerId }];
}

const removePartner = ({ at, by, partnerId }: RemovePartner, state: Held): OrganisationEvent[] => (isPartner(state, partnerId) ? [{ type: 'PartnerRemoved', at, by, partnerId }] : []);

const isPartner = ({ organisation }: Held, partnerId: string): boolean => organisation.partners.some(({ id }) => id === partnerId);

function needsNoPlaces(places: number): void {
  if (places > 0) refuse('organisation/runs-places', 'It runs places still. Close them, or say who has taken them over.');
}

function held(state: Organisation): Held {
  if (state.status === 'absent') return refuse('organisation/not-registered', 'There is no organisation with this id.');
  if (state.status === 'entered-in-error')
    return refuse('organisation/entered-in-error', 'This organisation was recorded as entered in error. Nothing more can be done on it.');
  return state;
}
