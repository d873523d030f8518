import type { Instant } from '#libs/calendar';
import { assertNever } from '#libs/decider';
import { isRestrictedBySomebody, OPEN_TO_ALL } from '#libs/restriction';
import { keepingAfter, NOTHING_KEEPS_IT } from '#libs/retention';

import { isConsentKnown } from './circumstances.js';
import { dangerToldAfter } from './danger-since.js';
import type { MissingItem } from './codes.js';
import type {
  ConcernEvent,
  ConcernImported,
  ConcernReceived,
  ConcernTriaged,
  Correction,
  LegacyDecision,
  MoreAnswered,
  Particulars,
  FileAdded,
} from './concern-events.js';
import type { AwaitingTriage, Concern, FileOfConcern, SecondLook, Story, Triaged } from './concern-state.js';
import { kindsIn, particularsOf } from './particulars.js';
import { opennessAfter, tellsOpenness } from './restrict.js';
import { NO_CONTACT } from './retention-rules.js';
import { routesAfter, type RouteEvent, tellsRoutes } from './routing.js';
import { noticeUnderway, withoutNotice } from './sending.js';

type Known = Exclude<Concern, { status: 'absent' }>;
type Later = Exclude<ConcernEvent, ConcernReceived | ConcernImported>;
type Moving = Extract<Later, { type: 'ConcernTriaged' | 'ConcernReopened' | 'MessageToReferrerWritten' | 'MessageToReferrerNotSent' | 'ReferrerTold' | 'ReferrerNotTold' | 'ConcernEnteredInError' | 'ConcernDisposed' }>;
/** What changes nothing but that it was said, and what follows of every event. */
type Saying = Extract<Later, { type: 'DangerSeenTo' }> | RouteEvent;
type Telling = Exclude<Later, Moving | Saying>;

const CHASED_BY: Partial<Record<Correction['field'], MissingItem>> = {
  abuseTypes: 'abuse_types',
  locationType: 'location_type',
  sourceOfRisk: 'source_of_risk',
  immediateRisk: 'immediate_risk',
  otherAllegations: 'abuse_types',
};

/** What a concern comes to after one more event. */
export function evolve(state: Concern, event: ConcernEvent): Concern {
  if (event.type === 'ConcernReceived') return received(event);
  if (event.type === 'ConcernImported') return imported(event);
  if (state.status === 'absent') throw new Error(`${event.type} before the concern was received`);
  const known = { ...state, story: { ...attended(contacted(state.story, event), event), dangerToldAt: dangerToldAfter(state, event), routes: routesAfter(state, event) } };
  if (tellsRoutes(event)) return restarted(known);
  switch (event.type) {
    case 'ConcernTriaged':
    case 'ConcernReopened':
    case 'MessageToReferrerWritten':
    case 'MessageToReferrerNotSent':
    case 'ReferrerTold':
    case 'ReferrerNotTold':
    case 'ConcernEnteredInError':
    case 'ConcernDisposed':
      return moved(known, event);
    case 'DangerSeenTo':
      return restarted(known);
    default:
      return restarted({ ...known, story: told(known.story, event) });
  }
}

/** Whatever a person does with it puts an end to the proposal that it may go, also where they did not deal with what it is about. */
function contacted(story: Story, event: Later): Story {
  const { type, at } = event;
  if (NO_CONTACT.some((one) => one === type)) return isSomebodysDoing(event) ? { ...story, disposalProposal: null } : story;
  return { ...story, lastContactAt: at > story.lastContactAt ? at : story.lastContactAt, disposalProposal: null };
}

/** What somebody who has seen the concern as it was does with what it is about. A message that arrives is nobody's doing. */
const WORK: readonly Later['type'][] = ['LimbsConsidered', 'MoreAskedFor', 'MoreAnswered', 'WishesRecorded', 'ConcernCorrected', 'PlaceNamed', 'ReferrerJudged', 'DangerSeenTo', 'ConcernTriaged', 'MessageToReferrerWritten', 'ReferrerNotTold'];

/** Whoever works on a concern knows what whoever raised it wrote besides. */
function attended(story: Story, event: Later): Story {
  const isWork = WORK.includes(event.type) || (event.type === 'ReferrerTold' && (event.way === undefined || event.way === 'page'));
  return isWork && story.moreCameAt !== null ? { ...story, moreCameAt: null } : story;
}

const isSomebodysDoing = (event: Later): boolean => tellsOpenness(event) && isRestrictedBySomebody(event);

function received({ at, hasContact, followedBy, toChase, ...event }: ConcernReceived): AwaitingTriage {
  return { status: 'awaiting-triage', story: { ...untold(event, at), hasContact, followedBy: followedBy ?? null, toChase }, clocksFrom: at };
}

function imported({ at, person, decision, ...event }: ConcernImported): AwaitingTriage | Triaged {
  const lastContactAt = decision !== null && decision.at > at ? decision.at : at;
  const story: Story = { ...untold(event, at), legacy: true, lastContactAt, ...person };
  if (decision === null) return { status: 'awaiting-triage', story, clocksFrom: at };
  return { status: 'triaged', story, decision: decidedElsewhere(decision), feedback: 'not_known', written: null, ...nothingSent };
}

function untold(event: Particulars & { reference: string }, receivedAt: Instant): Story {
  return {
    reference: event.reference,
    receivedAt,
    legacy: false,
    particulars: particularsOf(event),
    namedByThem: kindsIn(event),
    raisedAs: event.referrerType,
    foundToBeSource: null,
    hasContact: false,
    followedBy: null,
    toChase: [],
    asked: null,
    noticeLeft: null,
    placeId: null,
    personId: null,
    personSequence: 0,
    ageBand: null,
    wishes: null,
    considered: null,
    assignedTo: null,
    earlierDecisions: [],
    secondLooks: [],
    files: [],
    toldBesides: [],
    writtenToThem: [],
    moreCameAt: null,
    dangerToldAt: null,
    routes: [],
    errorProposal: null,
    lastContactAt: receivedAt,
    ...OPEN_TO_ALL,
    ...NOTHING_KEEPS_IT,
  };
}

/** Neither is anything on its way to whoever raised it, nor did anything not arrive. */
const nothingSent = { sending: null, notSent: null };

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
      return { status: 'triaged', story: { ...story, considered: null, asked: null, noticeLeft: noticeUnderway(state) ?? story.noticeLeft, toChase: chasedAfter(story, event) }, decision: event, feedback: 'owed', written: null, ...nothingSent };
    case 'ConcernReopened':
      return { status: 'awaiting-triage', story: { ...withDecision(withoutOwedLook(story), decisionOf(state)), assignedTo: null }, clocksFrom: event.at };
    case 'MessageToReferrerWritten':
      return { ...triaged(state), sending: event, notSent: null };
    case 'MessageToReferrerNotSent':
      return { ...triaged(state), sending: null, notSent: event };
    case 'ReferrerTold':
      return { ...triaged(state), ...(event.way !== undefined && { story: { ...story, writtenToThem: [...story.writtenToThem, { at: event.at, message: event.message }] } }), feedback: 'told', written: event.way === undefined ? null : event.message, ...nothingSent };
    case 'ReferrerNotTold':
      return notTold(triaged(state));
    case 'ConcernEnteredInError': {
      const { proposedBy, confirmedBy, reason } = event;
      const whole = state.status === 'triaged' ? withDecision(story, state.decision) : story;
      // How alike decisions are is not counted by what should not have been recorded.
      return { status: 'entered-in-error', story: { ...whole, secondLooks: [], errorProposal: null }, proposedBy, confirmedBy, reason };
    }
    case 'ConcernDisposed': {
      const { at, proposedBy, confirmedBy, retention } = event;
      const whole = state.status === 'triaged' ? withDecision(story, state.decision) : story;
      return { status: 'disposed', story: emptied(whole), disposedAt: at, proposedBy, confirmedBy, retention };
    }
    default:
      return assertNever(event);
  }
}

/** Whoever was told before stays told: it is a further message that nobody does more about. */
const notTold = (state: Triaged): Triaged => ({ ...state, feedback: state.feedback === 'told' ? 'told' : 'not_told', ...nothingSent });

/** What a decision answers nobody has to chase any more. */
const chasedAfter = ({ toChase }: Story, { circumstances }: ConcernTriaged): MissingItem[] =>
  isConsentKnown(circumstances) ? toChase.filter((item) => item !== 'consent') : toChase;

/** Whom it was about and who dealt with it are forgotten, with all that still had to be asked or looked at. */
const emptied = (story: Story): Story => ({
  ...withoutOwedLook(story),
  placeId: null,
  personId: null,
  ageBand: null,
  wishes: null,
  considered: null,
  assignedTo: null,
  files: [],
  followedBy: null,
  toldBesides: [],
  moreCameAt: null,
  toChase: [],
  asked: null,
  noticeLeft: null,
  errorProposal: null,
  disposalProposal: null,
});

function told(story: Story, event: Telling): Story {
  if (tellsOpenness(event)) return opennessAfter(story, event);
  switch (event.type) {
    case 'PersonIdentified':
      return { ...story, personId: event.personId, personSequence: event.personSequence, ageBand: event.ageBand };
    case 'ConcernAssigned':
      return { ...story, assignedTo: event.to };
    case 'MoreAskedFor':
      return { ...story, asked: event, toChase: [...new Set([...story.toChase, ...event.what])] };
    case 'NoticeNotSent':
      return withoutNotice(story, event.sendingId);
    case 'MoreAnswered':
      return {
        ...story,
        hasContact: story.hasContact || event.what.includes('referrer_contact'),
        toChase: story.toChase.filter((item) => !event.what.includes(item) || isLeftOpen(item, event, story)),
        ...(event.immediateRisk === undefined ? {} : { particulars: { ...story.particulars, immediateRisk: event.immediateRisk } }),
        ...(event.from === 'referrer' ? { toldBesides: [...story.toldBesides, besides(event)], moreCameAt: event.at } : {}),
      };
    case 'WishesRecorded':
      return { ...story, wishes: event.wishes, toChase: story.toChase.filter((item) => item !== 'wishes') };
    case 'LimbsConsidered':
      return { ...story, considered: event };
    case 'SecondLookDrawn':
    case 'SecondLookGiven':
      return { ...story, secondLooks: looksAfter(story.secondLooks, event) };
    case 'FileAdded':
    case 'FileJudged':
      return { ...story, files: filesAfter(story.files, event) };
    case 'ConcernCorrected':
      return corrected(story, event.correction);
    case 'PlaceNamed':
      return { ...story, placeId: event.placeId };
    case 'ReferrerJudged':
      return { ...story, foundToBeSource: event.mayBeSource };
    case 'EnteredInErrorProposed':
      return { ...story, errorProposal: { by: event.by, at: event.at, reason: event.reason } };
    case 'EnteredInErrorDeclined':
      return { ...story, errorProposal: null };
    case 'LegalHoldPlaced':
    case 'LegalHoldLifted':
    case 'DisposalProposed':
    case 'DisposalDeclined':
      return { ...story, ...keepingAfter(story, event) };
    default:
      return assertNever(event);
  }
}

/** Their no settles nothing where nobody took it as known: danger is still to be asked of others. */
const isLeftOpen = (item: MissingItem, { inDanger, immediateRisk }: MoreAnswered, { particulars }: Story): boolean =>
  item === 'immediate_risk' && inDanger === 'no' && immediateRisk === undefined && particulars.immediateRisk === null;

const besides = ({ at, what, inDanger }: MoreAnswered): Story['toldBesides'][number] => ({ at, what, ...(inDanger && { inDanger }) });

const looksAfter = (looks: readonly SecondLook[], event: Extract<Telling, { type: 'SecondLookDrawn' | 'SecondLookGiven' }>): SecondLook[] =>
  event.type === 'SecondLookDrawn' ? [...looks, { decision: event.decision, given: null }] : looks.map((look) => (look.decision === event.decision ? { ...look, given: event } : look));

const filesAfter = (files: readonly FileOfConcern[], event: Extract<Telling, { type: 'FileAdded' | 'FileJudged' }>): FileOfConcern[] =>
  event.type === 'FileAdded' ? [...files, heldFile(event)] : files.map((file) => (file.id === event.fileId ? { ...file, state: event.verdict } : file));

const heldFile = ({ fileId: id, at, by, kind, bytes, name }: FileAdded): FileOfConcern => ({ id, at, by, kind, bytes, name, state: 'held' });

function corrected(story: Story, { field, value }: Correction): Story {
  if (field === 'receivedAt') return { ...story, receivedAt: value };
  const isKnown = value !== null && !(Array.isArray(value) && value.length === 0);
  const toChase = isKnown ? story.toChase.filter((item) => item !== CHASED_BY[field]) : story.toChase;
  return { ...story, toChase, particulars: particularsOf({ ...story.particulars, [field]: value }), foundToBeSource: foundAfter(story, field) };
}

/** That they are not was found of what was said then: once that is put right, the rule holds again. */
const foundAfter = ({ foundToBeSource }: Story, field: Correction['field']): boolean | null =>
  foundToBeSource === false && (field === 'sourceOfRisk' || field === 'referrerType' || field === 'otherAllegations') ? null : foundToBeSource;

/** Until a concern is first decided its clocks run from receipt, also where the time of receipt was put right. */
function restarted(state: Known): Known {
  if (state.status !== 'awaiting-triage' || state.story.earlierDecisions.length > 0) return state;
  return { ...state, clocksFrom: state.story.receivedAt };
}

/** What is decided anew is not looked at any more as it was. */
function withoutOwedLook(story: Story): Story {
  return { ...story, secondLooks: story.secondLooks.filter(({ given }) => given !== null) };
}

function withDecision(story: Story, decision: ConcernTriaged): Story {
  return { ...story, earlierDecisions: [...story.earlierDecisions, decision] };
}

const decisionOf = (state: Known): ConcernTriaged => triaged(state).decision;

function triaged(state: Known): Triaged {
  if (state.status !== 'triaged') throw new Error('there is no decision in force');
  return state;
}
