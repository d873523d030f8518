import type { ContractType, DataOf } from '#libs/contracts';
import { assertNever } from '#libs/decider';
import type { DomainEvent, Published } from '#libs/journal';
import type { RequestDecided, RequestEvent, RequestImported, RequestReceived } from '../../domain/events.js';
import type { Corrections } from '../../domain/parts.js';
import { type OpennessEvent, tellsOpenness } from '../../domain/restrict-request.js';

const contract = <Type extends ContractType>(type: Type, data: DataOf<Type>): Published[] => [{ type, data }];
const yesNo = (answer: boolean | null): 'yes' | 'no' | null => (answer === null ? null : answer ? 'yes' : 'no');

/** What other services learn of a request's events. */
export const publish = (event: DomainEvent): Published[] => published(event as RequestEvent);

function published(event: RequestEvent): Published[] {
  if (tellsOpenness(event)) return openness(event);
  switch (event.type) {
    case 'RequestReceived':
      return received(event);
    case 'RequestImported':
      return imported(event);
    case 'PersonIdentified':
      return contract('safeguarding.dols-request.identified.v1', { personId: event.personId, ageBand: event.ageBand ?? 'not_known' });
    case 'RequestScreened':
      return contract('safeguarding.dols-request.screened.v1', { screenedAt: event.at, legalTest: event.legalTest });
    case 'RequestPrioritised':
      return contract('safeguarding.dols-request.prioritised.v1', { prioritisedAt: event.at, band: event.band });
    case 'RequestAllocated':
      return contract('safeguarding.dols-request.allocated.v1', { allocatedAt: event.at, again: false });
    case 'RequestReallocated':
      return contract('safeguarding.dols-request.allocated.v1', { allocatedAt: event.at, again: true });
    case 'RequestDecided':
      return decided(event);
    case 'AuthorisationEnded':
      return contract('safeguarding.dols-request.ended.v1', { endedOn: event.endedOn, reason: event.why });
    case 'RequestCorrected':
      return corrected(event.changes);
    case 'EnteredInErrorConfirmed':
      return contract('safeguarding.dols-request.entered-in-error.v1', {});
    case 'AssessmentRecorded':
    case 'WaitingContactRecorded':
    case 'AuthorisationSuspended':
    case 'AuthorisationResumed':
    case 'RenewalRequested':
    case 'EnteredInErrorProposed':
    case 'EnteredInErrorDeclined':
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
      return [];
    case 'RequestDisposed':
      return event.personId === undefined ? [] : contract('safeguarding.dols-request.disposed.v1', { personId: event.personId });
    default:
      return assertNever(event);
  }
}

/** To whom it is open. */
function openness(event: OpennessEvent): Published[] {
  if (event.type === 'RequestKeptFrom' || event.type === 'KeptNoMore') return contract('safeguarding.dols-request.kept-from.v1', { staff: event.staff, kept: event.type === 'RequestKeptFrom' });
  if (event.type === 'GlassBroken') return contract('safeguarding.dols-request.glass-broken.v1', { by: event.by, until: event.until });
  return contract('safeguarding.dols-request.restricted.v1', { openTo: event.type === 'RequestRestricted' ? event.names : [] });
}

const received = ({ at, kind, urgent, setting }: RequestReceived): Published[] =>
  contract('safeguarding.dols-request.received.v1', { receivedAt: at, kind, urgent: yesNo(urgent), setting });

/** An old system's request is told whole, in one message. */
const imported = (event: RequestImported): Published[] =>
  contract('safeguarding.dols-request.imported.v1', {
    receivedAt: event.receivedAt,
    kind: event.kind,
    urgent: yesNo(event.urgent),
    setting: event.setting,
    personId: event.personId,
    ageBand: event.ageBand,
    priority: event.priority,
    allocatedAt: event.allocatedAt,
    decidedAt: event.decidedAt,
    outcome: event.outcome,
    authorisedFrom: event.authorisedFrom,
    authorisedTo: event.authorisedTo,
  });

function decided(event: RequestDecided): Published[] {
  const isGranted = event.outcome === 'granted';
  return contract('safeguarding.dols-request.decided.v1', {
    decidedAt: event.at,
    outcome: event.outcome,
    legacy: false,
    legalTest: event.legalTest,
    authorisedFrom: isGranted ? event.authorisedFrom : null,
    authorisedTo: isGranted ? event.authorisedTo : null,
  });
}

/** A correction of something that nobody else was told stays private. */
function corrected({ urgent, urgentExpiresOn: _on, managingAuthority: _words, ...told }: Corrections): Published[] {
  const data = { ...told, ...(urgent === undefined ? {} : { urgent: yesNo(urgent) }) };
  return Object.keys(data).length === 0 ? [] : contract('safeguarding.dols-request.corrected.v1', data);
}
