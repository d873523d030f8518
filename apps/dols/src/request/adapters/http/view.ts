import type { Standing } from '#libs/journal';
import type { Answer } from '#libs/platform';
import { assessmentsDueOn } from '../../domain/clocks.js';
import type { CommandType } from '../../domain/commands.js';
import { permitted } from '../../domain/permitted.js';
import { isWaiting, type Present, type Request } from '../../domain/state.js';

/** A request as the API answers it: codes, times and ids, and what may be done next. */
export interface RequestView extends Answer {
  reference: string;
  authority: string | null;
  status: Request['status'];
  [more: string]: unknown;
}

/** What only messages and imports do, and what is done from the list of those that are due: nobody is offered it with the request. */
const unoffered: ReadonlySet<string> = new Set<CommandType>(['IdentifyPerson', 'ImportRequest', 'BreakGlass', 'PlaceLegalHold', 'LiftLegalHold', 'ProposeDisposal', 'DeclineDisposal', 'ConfirmDisposal']);

export function viewOf({ recordId, authority, state, sequence }: Standing<Request>): RequestView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state).filter((type) => !unoffered.has(type)) };
  if (state.status === 'absent') return { ...head, reference: '' };
  const { managingAuthority: _words, ...details } = state.details;
  return {
    ...head,
    ...details,
    legacy: state.legacy,
    personId: state.person?.personId ?? null,
    ageBand: state.person?.ageBand ?? null,
    screening: state.screening,
    band: state.priority?.band ?? null,
    prioritisedBy: state.priority?.by ?? null,
    allocation: state.allocation,
    assessments: Object.values(state.assessments).map(({ equivalent, ...made }) => ({ ...made, equivalentOf: equivalent?.reportOn ?? null })),
    nextContactOn: state.nextContactOn,
    toLookAt: state.toLookAt,
    ...(isWaiting(state) ? { assessmentsDueOn: assessmentsDueOn(state.details) } : {}),
    ...endingOf(state),
    ...(state.restriction ? { restriction: state.restriction } : {}),
    ...(state.keptFrom?.length ? { keptFrom: state.keptFrom } : {}),
    ...(state.legalHold ? { onHold: true } : {}),
    ...(state.errorProposal ? { errorProposedBy: state.errorProposal.by } : {}),
  };
}

/** How a request goes on, for whoever asked for it: nothing of what was found out before it is decided. */
export function followOf({ recordId, authority, state, sequence }: Standing<Request>): RequestView {
  const head = { id: recordId, sequence, authority, status: state.status };
  if (state.status === 'absent') return { ...head, reference: '' };
  const { reference, kind, receivedAt, urgent, urgentExpiresOn } = state.details;
  return { ...head, reference, kind, receivedAt, urgent, urgentExpiresOn, ...endingOf(state) };
}

function endingOf(state: Present): object {
  if (state.status === 'disposed') return { outcome: state.outcome, disposedAt: state.disposedAt, retention: state.retention };
  if (state.status === 'decided') return { outcome: state.outcome, decidedAt: state.decidedAt };
  if (state.status !== 'authorised' && state.status !== 'ended') return {};
  const { from, to, legalTest } = state.authorisation;
  return {
    outcome: 'granted',
    decidedAt: state.decidedAt,
    authorisedFrom: from,
    authorisedTo: to,
    authorisedUnder: legalTest,
    renewalId: state.renewalId,
    ...(state.status === 'ended' ? { endedOn: state.ending.endedOn, endedBecause: state.ending.why } : { suspendedOn: state.suspendedOn }),
  };
}
