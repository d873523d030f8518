import type { Instant } from '#libs/calendar';
import { assertNever } from '#libs/decider';

import type { MissingItem } from './codes.js';
import type {
  ConcernEvent,
  ConcernImported,
  ConcernReceived,
  ConcernTriaged,
  Correction,
  LegacyDecision,
  Particulars,
} from './concern-events.js';
import type { AwaitingTriage, Concern, Story, Triaged } from './concern-state.js';

type Known = Exclude<Concern, { status: 'absent' }>;
type Later = Exclude<ConcernEvent, ConcernReceived | ConcernImported>;
type Moving = Extract<Later, { type: 'ConcernTriaged' | 'ConcernReopened' | 'ReferrerTold' | 'ReferrerNotTold' | 'ConcernEnteredInError' }>;
type Telling = Exclude<Later, Moving>;

const CHASED_BY: Partial<Record<Correction['field'], MissingItem>> = {
  abuseTypes: 'abuse_types',
  locationType: 'location_type',
  sourceOfRisk: 'source_of_risk',
  immediateRisk: 'immediate_risk',
};

/** What a concern comes to after one more event. */
export function evolve(state: Concern, event: ConcernEvent): Concern {
  if (event.type === 'ConcernReceived') return received(event);
  if (event.type === 'ConcernImported') return imported(event);
  if (state.status === 'absent') throw new Error(`${event.type} before the concern was received`);
  switch (event.type) {
    case 'ConcernTriaged':
    case 'ConcernReopened':
    case 'ReferrerTold':
    case 'ReferrerNotTold':
    case 'ConcernEnteredInError':
      return moved(state, event);
    default:
      return restarted({ ...state, story: told(state.story, event) });
  }
}

function received({ at, hasContact, toChase, ...event }: ConcernReceived): AwaitingTriage {
  return { status: 'awaiting-triage', story: { ...untold(event, at), hasContact, toChase }, clocksFrom: at };
}

function imported({ at, person, decision, ...event }: ConcernImported): AwaitingTriage | Triaged {
  const story: Story = { ...untold(event, at), legacy: true, ...person };
  if (decision === null) return { status: 'awaiting-triage', story, clocksFrom: at };
  return { status: 'triaged', story, decision: decidedElsewhere(decision), feedback: 'not_known' };
}

function untold(event: Particulars & { reference: string }, receivedAt: Instant): Story {
  const { reference, channel, referrerType, abuseTypes, locationType, sourceOfRisk, immediateRisk } = event;
  return {
    reference,
    receivedAt,
    legacy: false,
    particulars: { channel, referrerType, abuseTypes, locationType, sourceOfRisk, immediateRisk },
    hasContact: false,
    toChase: [],
    personId: null,
    personSequence: 0,
    ageBand: null,
    wishes: null,
    considered: null,
    assignedTo: null,
    earlierDecisions: [],
    errorProposal: null,
  };
}

/** The first decision on a concern, as far as the system that it came from tells. */
function decidedElsewhere(decision: LegacyDecision): ConcernTriaged {
  return {
    ...decision,
    type: 'ConcernTriaged',
    decision: 1,
    otherEnquiryReason: null,
    furtherRoutes: [],
    sarReferral: null,
    decidedBy: null,
    legacy: true,
  };
}

function moved(state: Known, event: Moving): Concern {
  const { story } = state;
  switch (event.type) {
    case 'ConcernTriaged':
      return { status: 'triaged', story: { ...story, considered: null }, decision: event, feedback: 'owed' };
    case 'ConcernReopened':
      return { status: 'awaiting-triage', story: { ...withDecision(story, decisionOf(state)), assignedTo: null }, clocksFrom: event.at };
    case 'ReferrerTold':
      return { status: 'triaged', story, decision: decisionOf(state), feedback: 'told' };
    case 'ReferrerNotTold':
      return { status: 'triaged', story, decision: decisionOf(state), feedback: 'not_told' };
    case 'ConcernEnteredInError': {
      const { proposedBy, confirmedBy, reason } = event;
      const whole = state.status === 'triaged' ? withDecision(story, state.decision) : story;
      return { status: 'entered-in-error', story: { ...whole, errorProposal: null }, proposedBy, confirmedBy, reason };
    }
    default:
      return assertNever(event);
  }
}

function told(story: Story, event: Telling): Story {
  switch (event.type) {
    case 'PersonIdentified':
      return { ...story, personId: event.personId, personSequence: event.personSequence, ageBand: event.ageBand };
    case 'ConcernAssigned':
      return { ...story, assignedTo: event.to };
    case 'MoreAskedFor':
      return { ...story, toChase: [...new Set([...story.toChase, ...event.what])] };
    case 'MoreAnswered':
      return {
        ...story,
        hasContact: story.hasContact || event.what.includes('referrer_contact'),
        toChase: story.toChase.filter((item) => !event.what.includes(item)),
      };
    case 'WishesRecorded':
      return { ...story, wishes: event.wishes, toChase: story.toChase.filter((item) => item !== 'wishes') };
    case 'LimbsConsidered':
      return { ...story, considered: event };
    case 'ConcernCorrected':
      return corrected(story, event.correction);
    case 'EnteredInErrorProposed':
      return { ...story, errorProposal: { by: event.by, at: event.at, reason: event.reason } };
    case 'EnteredInErrorDeclined':
      return { ...story, errorProposal: null };
    default:
      return assertNever(event);
  }
}

function corrected(story: Story, { field, value }: Correction): Story {
  if (field === 'receivedAt') return { ...story, receivedAt: value };
  const isKnown = value !== null && !(Array.isArray(value) && value.length === 0);
  const toChase = isKnown ? story.toChase.filter((item) => item !== CHASED_BY[field]) : story.toChase;
  return { ...story, toChase, particulars: { ...story.particulars, [field]: value } };
}

/** Until a concern is first decided its clocks run from receipt, also where the time of receipt was put right. */
function restarted(state: Known): Known {
  if (state.status !== 'awaiting-triage' || state.story.earlierDecisions.length > 0) return state;
  return { ...state, clocksFrom: state.story.receivedAt };
}

function withDecision(story: Story, decision: ConcernTriaged): Story {
  return { ...story, earlierDecisions: [...story.earlierDecisions, decision] };
}

function decisionOf(state: Known): ConcernTriaged {
  if (state.status !== 'triaged') throw new Error('there is no decision in force');
  return state.decision;
}
