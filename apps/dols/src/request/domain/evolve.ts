import { assertNever } from '#libs/decider';
import { isRestrictedBySomebody, keptAfter, restrictionAfter } from '#libs/restriction';
import { keepingAfter } from '#libs/retention';
import { lookReasons, type LookReason } from './codes.js';
import { imported, received } from './evolve-arrival.js';
import type { AuthorisationEnded, RequestCorrected, RequestDecided, RequestDisposed, RequestEvent, RequestScreened } from './events.js';
import { assessorsLeft, tellsOpenness } from './restrict-request.js';
import { contactOf } from './retention.js';
import { isWaiting, type Authorised, type Disposed, type Present, type Request, type Waiting } from './state.js';

type Later = Exclude<RequestEvent, { type: 'RequestReceived' | 'RequestImported' }>;

/** What a request has come to with one more event. */
export function evolve(state: Request, event: RequestEvent): Request {
  switch (event.type) {
    case 'RequestReceived':
      return received(event);
    case 'RequestImported':
      return imported(event);
    default:
      if (state.status === 'absent') throw new Error(`${event.type} before the request was received`);
      return later(contacted(state, event), event);
  }
}

/** Whatever is done with it puts an end to the proposal that it may go. */
function contacted(state: Present, event: Later): Present {
  const at = contactOf(event);
  if (at === undefined) return tellsOpenness(event) && isRestrictedBySomebody(event) ? { ...state, disposalProposal: null } : state;
  return { ...state, lastContactAt: at > state.lastContactAt ? at : state.lastContactAt, disposalProposal: null };
}

function later(state: Present, event: Later): Request {
  if (tellsOpenness(event)) return letGo({ ...state, ...('staff' in event ? keptAfter(state, event) : restrictionAfter(state, event)) });
  switch (event.type) {
    case 'PersonIdentified':
      return { ...state, person: { personId: event.personId, personSequence: event.personSequence, ageBand: event.ageBand } };
    case 'RequestCorrected':
      return corrected(state, event);
    case 'EnteredInErrorProposed':
      return { ...state, errorProposal: event.by === null ? null : { by: event.by, reason: event.reason } };
    case 'EnteredInErrorDeclined':
      return { ...state, errorProposal: null };
    case 'EnteredInErrorConfirmed':
      return { ...state, status: 'entered-in-error' };
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
      return { ...state, ...keepingAfter(state, event) };
    case 'RequestDisposed':
      return disposed(state, event);
    case 'AuthorisationSuspended':
      return { ...inAuthorisation(state, event), suspendedOn: event.on };
    case 'AuthorisationResumed':
      return { ...inAuthorisation(state, event), suspendedOn: null };
    case 'AuthorisationEnded':
      return ended(inAuthorisation(state, event), event);
    case 'RenewalRequested':
      if (state.status !== 'authorised' && state.status !== 'ended') throw impossible(state, event);
      return { ...state, renewalId: event.renewalId };
    default:
      if (!isWaiting(state)) throw impossible(state, event);
      return onTheWay(state, event);
  }
}

/** Its assessors keep it to whom it is open. Where it is not to its best interests assessor, nobody has it: it waits to be allocated, as it did before. */
function letGo(put: Present): Request {
  if (put.allocation === null) return put;
  const allocation = assessorsLeft(put.allocation, put);
  const isTaken = put.allocation.bestInterestsAssessor !== allocation.bestInterestsAssessor;
  if (put.status !== 'allocated' || !isTaken) return { ...put, allocation };
  if (put.priority !== null) return { ...put, status: 'prioritised', allocation: null };
  return { ...put, status: put.screening === null ? 'received' : 'screened', allocation: null };
}

type OnTheWay = Extract<
  Later,
  {
    type:
      | 'RequestScreened'
      | 'RequestPrioritised'
      | 'RequestAllocated'
      | 'RequestReallocated'
      | 'AssessmentRecorded'
      | 'WaitingContactRecorded'
      | 'RequestDecided';
  }
>;

function onTheWay(state: Waiting, event: OnTheWay): Request {
  switch (event.type) {
    case 'RequestScreened':
      return screened(state, event);
    case 'RequestPrioritised': {
      const { band, by, reason } = event;
      const status = state.status === 'allocated' ? 'allocated' : 'prioritised';
      return { ...state, status, priority: { band, by, reason }, toLookAt: [] };
    }
    case 'RequestAllocated':
    case 'RequestReallocated': {
      const { at, bestInterestsAssessor, mentalHealthAssessor } = event;
      return { ...state, status: 'allocated', allocation: { at, bestInterestsAssessor, mentalHealthAssessor } };
    }
    case 'AssessmentRecorded': {
      const { type: _type, at: _at, by, ...assessment } = event;
      return { ...state, assessments: { ...state.assessments, [assessment.assessment]: { ...assessment, recordedBy: by } } };
    }
    case 'WaitingContactRecorded':
      return { ...state, nextContactOn: event.nextContactOn, toLookAt: merged(state.toLookAt, event.toLookAt) };
    case 'RequestDecided':
      return decided(state, event);
    default:
      return assertNever(event);
  }
}

/** A screening that is written down late does not displace one that was made after it. */
function screened(state: Waiting, { at, legalTest, toLookAt }: RequestScreened): Waiting {
  const isLatest = state.screening === null || state.screening.at <= at;
  return {
    ...state,
    status: state.status === 'received' ? 'screened' : state.status,
    screening: isLatest ? { at, legalTest } : state.screening,
    toLookAt: merged(state.toLookAt, toLookAt),
  };
}

function merged(held: LookReason[], found: LookReason[]): LookReason[] {
  return lookReasons.filter((reason) => held.includes(reason) || found.includes(reason));
}

function decided(state: Waiting, event: RequestDecided): Request {
  if (event.outcome !== 'granted') return { ...state, status: 'decided', outcome: event.outcome, decidedAt: event.at };
  const authorisation = { from: event.authorisedFrom, to: event.authorisedTo, legalTest: event.legalTest, isFromElsewhere: false };
  return { ...state, status: 'authorised', decidedAt: event.at, authorisation, suspendedOn: null, renewalId: null };
}

function ended(state: Authorised, { endedOn, why, source, reason }: AuthorisationEnded): Request {
  const { suspendedOn: _suspendedOn, ...held } = state;
  return { ...held, status: 'ended', ending: { endedOn, why, source, reason } };
}

/** Whom it was about and who dealt with it are forgotten, with all that still had to be asked or looked at. */
function disposed(state: Present, { at, proposedBy, confirmedBy, retention }: RequestDisposed): Disposed {
  const { legacy, details, screening, priority, legalHold, lastContactAt, restriction, glass, keptFrom } = state;
  const left = { restriction, ...(glass && { glass }), ...(keptFrom && { keptFrom }), legacy, details: { ...details, managingAuthority: null }, screening, priority: priority && { band: priority.band, by: null, reason: null }, legalHold, lastContactAt };
  const nobody = { person: null, allocation: null, assessments: {}, nextContactOn: null, toLookAt: [], errorProposal: null, disposalProposal: null };
  return { ...left, ...nobody, status: 'disposed', outcome: outcomeOf(state), disposedAt: at, proposedBy, confirmedBy, retention };
}

function outcomeOf(state: Present): Disposed['outcome'] {
  if (state.status === 'decided') return state.outcome;
  return state.status === 'authorised' || state.status === 'ended' ? 'granted' : null;
}

function corrected(state: Present, { changes }: RequestCorrected): Request {
  const { authorisedFrom, authorisedTo, ...details } = changes;
  const put = { ...state, details: { ...state.details, ...details } };
  if (!('authorisation' in put)) return put;
  const { from, to } = put.authorisation;
  return { ...put, authorisation: { ...put.authorisation, from: authorisedFrom ?? from, to: authorisedTo ?? to } };
}

function inAuthorisation(state: Present, event: Later): Authorised {
  if (state.status !== 'authorised') throw impossible(state, event);
  return state;
}

function impossible(state: Present, event: Later): Error {
  return new Error(`${event.type} on a request that is ${state.status}`);
}
