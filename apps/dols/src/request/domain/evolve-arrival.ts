import { londonDay } from '#libs/calendar';
import { OPEN_TO_ALL } from '#libs/restriction';
import { NOTHING_KEEPS_IT } from '#libs/retention';
import type { RequestImported, RequestReceived } from './events.js';
import { legalTestOn } from './legal-tests.js';
import type { Details } from './parts.js';
import { contactOf } from './retention.js';
import type { Held, Request, Waiting } from './state.js';

function arrived(details: Details): Held {
  return {
    legacy: false,
    details,
    person: null,
    screening: null,
    priority: null,
    allocation: null,
    assessments: {},
    nextContactOn: null,
    toLookAt: [],
    errorProposal: null,
    lastContactAt: details.receivedAt,
    ...OPEN_TO_ALL,
    ...NOTHING_KEEPS_IT,
  };
}

/** A request as it came in. */
export function received({ type: _type, at, by: _by, ...asked }: RequestReceived): Waiting {
  return { status: 'received', ...arrived({ ...asked, receivedAt: at }) };
}

/** A request as an old system left it: waiting, or decided there. */
export function imported(event: RequestImported): Request {
  const held = carried(event);
  const { decidedAt, outcome } = event;
  if (decidedAt === null || outcome === null) return { status: stage(event), ...held };
  if (outcome !== 'granted') return { status: 'decided', ...held, outcome, decidedAt };
  const { authorisedFrom: from, authorisedTo: to } = event;
  if (from === null || to === null) throw new Error('an imported authorisation without its dates');
  const legalTest = event.legalTest ?? legalTestOn(londonDay(decidedAt)).code;
  return { status: 'authorised', ...held, decidedAt, authorisation: { from, to, legalTest, isFromElsewhere: true }, suspendedOn: null, renewalId: null };
}

function stage({ allocatedAt, priority }: RequestImported): Waiting['status'] {
  if (allocatedAt !== null) return 'allocated';
  return priority === null ? 'received' : 'prioritised';
}

function carried(event: RequestImported): Held {
  const { reference, kind, urgent, setting, managingAuthority, receivedAt, personId, ageBand, priority, allocatedAt } = event;
  const details: Details = { reference, kind, urgent, setting, managingAuthority, receivedAt, urgentExpiresOn: null, renewalOf: null };
  return {
    ...arrived(details),
    legacy: true,
    lastContactAt: contactOf(event) ?? receivedAt,
    person: { personId, personSequence: 0, ageBand },
    priority: priority === null ? null : { band: priority, by: null, reason: null },
    allocation: allocatedAt === null ? null : { at: allocatedAt, bestInterestsAssessor: null, mentalHealthAssessor: null },
  };
}
