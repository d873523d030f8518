import { assertNever } from '#libs/decider';
import { ABOUT_KEEPING, type Keeping, keepingAfter } from '#libs/retention';
import type { PersonDisposed, PersonEvent, PersonIdentified, PersonImported, PersonKeeping, PersonRegistered, RecordLetGo } from './events.js';
import { keepingOf } from './retention.js';
import type { Disposed, EnteredInError, Joined, Known, Person } from './state.js';

type Arrival = PersonRegistered | PersonImported;
type Later = Exclude<PersonEvent, Arrival>;
type Present = Known | Joined | EnteredInError;

/** What a person's record has come to with one more event. */
export function evolve(state: Person, event: PersonEvent): Person {
  if (event.type === 'PersonRegistered' || event.type === 'PersonImported') return arrived(event);
  if (state.status === 'absent') throw new Error(`${event.type} before the person was registered`);
  if (state.status === 'disposed') return state;
  // Whatever is done with a person puts an end to the proposal that they may go.
  return later(ABOUT_KEEPING.some((one) => one === event.type) ? state : withoutProposals(state), event);
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
      return state;
    case 'PersonJoined':
      return { ...state, status: 'joined', into: event.into, joinedAt: event.at, separatedFrom: state.separatedFrom.filter((other) => other !== event.into) };
    case 'PersonsSeparated':
      return separated(state, event.from);
    case 'KeptApart':
    case 'KeepingApartUndone':
      return { ...state, apartness: [...state.apartness.filter(({ other }) => other !== event.other), { other: event.other, isApart: event.type === 'KeptApart', at: event.at }] };
    case 'RecordLetGo':
      return letGo(state, event);
    case 'FoundUnneeded':
      return { ...state, letGoAt: event.at };
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
      return kept(event.type === 'LegalHoldPlaced' ? withoutProposals(state) : state, event);
    case 'PersonDisposed':
      return disposed(state, event);
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
    letGo: [],
    letGoAt: null,
    authorities: [],
    apartness: [],
    separatedFrom: [],
    errorProposal: null,
    keepings: {},
  };
}

function identified(state: Present, { type: _type, at: _at, ...claim }: PersonIdentified): Present {
  const others = state.claims.filter(({ recordId }) => recordId !== claim.recordId);
  return { ...state, claims: [...others, claim] };
}

/** It named them, though a person who stands for them may be who was made known by it: whoever lets go of it knows them both. */
function letGo(state: Present, { type: _type, at, ...record }: RecordLetGo): Present {
  const claims = state.claims.filter(({ recordId }) => recordId !== record.recordId);
  const authorities = state.authorities.includes(record.authority) ? state.authorities : [...state.authorities, record.authority];
  return { ...state, claims, authorities, letGo: [...state.letGo, record], letGoAt: [state.letGoAt ?? at, at].toSorted().at(-1)! };
}

const kept = (state: Present, event: PersonKeeping): Present => ({ ...state, keepings: { ...state.keepings, [event.authority]: keepingAfter(keepingOf(state, event.authority), event) } });

function withoutProposals(state: Present): Present {
  const keepings = Object.entries(state.keepings).map(([authority, keeping]): [string, Keeping] => [authority, { ...keeping, disposalProposal: null }]);
  return { ...state, keepings: Object.fromEntries(keepings) };
}

const disposed = ({ authorities }: Present, { at, proposedBy, confirmedBy, retention }: PersonDisposed): Disposed => ({
  status: 'disposed', authorities, disposedAt: at, proposedBy, confirmedBy, retention,
});

function separated(state: Present, from: string): Person {
  if (state.status !== 'joined') throw new Error(`PersonsSeparated on a person who is ${state.status}`);
  const { into: _into, joinedAt: _joinedAt, ...held } = state;
  return { ...held, status: 'known', separatedFrom: [...state.separatedFrom, from] };
}
