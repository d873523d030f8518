import { assertNever } from '#libs/decider';
import type { PersonEvent, PersonIdentified, PersonImported, PersonRegistered } from './events.js';
import type { EnteredInError, Joined, Known, Person } from './state.js';

type Arrival = PersonRegistered | PersonImported;
type Later = Exclude<PersonEvent, Arrival>;
type Present = Known | Joined | EnteredInError;

/** What a person's record has come to with one more event. */
export function evolve(state: Person, event: PersonEvent): Person {
  if (event.type === 'PersonRegistered' || event.type === 'PersonImported') return arrived(event);
  if (state.status === 'absent') throw new Error(`${event.type} before the person was registered`);
  return state.status === 'disposed' ? state : later(state, event);
}

function later(state: Present, event: Later): Person {
  switch (event.type) {
    case 'PersonIdentified':
      return identified(state, event);
    case 'BecameKnownTo':
      return { ...state, authorities: [...state.authorities, event.authority] };
    case 'CharacteristicsCorrected':
      return { ...state, characteristics: { ...state.characteristics, ...event.changes } };
    case 'IdentityCorrected':
      return { ...state, corrected: { at: event.at, by: event.by } };
    case 'PersonJoined':
      return { ...state, status: 'joined', into: event.into, separatedFrom: state.separatedFrom.filter((other) => other !== event.into) };
    case 'PersonsSeparated':
      return separated(state, event.from);
    case 'KeptApart':
    case 'KeepingApartUndone':
      return { ...state, apartness: [...state.apartness.filter(({ other }) => other !== event.other), { other: event.other, isApart: event.type === 'KeptApart', at: event.at }] };
    case 'PersonDisposed':
      return { status: 'disposed' };
    case 'EnteredInErrorProposed':
      return { ...state, errorProposal: event.by === null ? null : { by: event.by, reason: event.reason } };
    case 'EnteredInErrorDeclined':
      return { ...state, errorProposal: null };
    case 'EnteredInErrorConfirmed':
      return { ...state, status: 'entered-in-error' };
    default:
      return assertNever(event);
  }
}

function arrived({ type, gender, ethnicity, primarySupportReason, localArea }: Arrival): Known {
  return {
    status: 'known',
    legacy: type === 'PersonImported',
    characteristics: { gender, ethnicity, primarySupportReason, localArea },
    claims: [],
    authorities: [],
    apartness: [],
    separatedFrom: [],
    errorProposal: null,
    corrected: null,
  };
}

function identified(state: Present, { type: _type, at: _at, ...claim }: PersonIdentified): Present {
  const others = state.claims.filter(({ recordId }) => recordId !== claim.recordId);
  return { ...state, claims: [...others, claim] };
}

function separated(state: Present, from: string): Person {
  if (state.status !== 'joined') throw new Error(`PersonsSeparated on a person who is ${state.status}`);
  const { into: _into, ...held } = state;
  return { ...held, status: 'known', separatedFrom: [...state.separatedFrom, from] };
}
