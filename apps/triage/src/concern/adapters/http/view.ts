import { scopeOf } from '#libs/access';
import type { Instant } from '#libs/calendar';
import type { Answer, Staff } from '#libs/platform';
import type { Revealed, Standing } from '#libs/journal';
import type { Whole } from '../../application/concern-reading.js';
import type { Circumstances } from '../../domain/circumstances.js';
import { type Concern, type ConcernCommand, type Leaning, type LimbsConsidered, mayBeSource, permitted, type SentRoute, type Triaged } from '../../domain/concern.js';
import type { Post } from '../../application/post.js';
import { contactIn } from '../../application/reach.js';
import { mayFollow, stageOf, wantedOf, type Written } from '../../domain/following.js';
import { readingsAt } from '../../domain/late.js';
import type { Limbs } from '../../domain/three-limbs.js';
import type { OpenedBy } from '../persistence/opened-lately.js';
import type { AboutPerson } from '../persistence/same-person.js';
import type { AtPlace } from '../persistence/same-place.js';

/** A concern as the API answers it: codes, times and ids, and what may be done next. */
export interface ConcernView extends Answer {
  reference: string;
  authority: string | null;
  status: Concern['status'];
  [more: string]: unknown;
}

/** What only messages and imports do, and what is done from the list of those that are due: nobody is offered it with the concern. */
const unoffered: ReadonlySet<string> = new Set<ConcernCommand['type']>([
  'IdentifyPerson', 'ImportConcern', 'BreakGlass', 'RecordSent', 'RecordNotSent', 'TellMore', 'AddFile', 'JudgeFile', 'PlaceLegalHold', 'LiftLegalHold', 'ProposeDisposal', 'DeclineDisposal', 'ConfirmDisposal',
]);

export function viewOf({ recordId, authority, state, sequence }: Standing<Concern>): ConcernView {
  const head = { id: recordId, sequence, authority, status: state.status, permitted: permitted(state).filter((type) => !unoffered.has(type)) };
  if (state.status === 'absent') return { ...head, reference: '' };
  const { story } = state;
  return {
    ...head,
    reference: story.reference,
    receivedAt: story.receivedAt,
    legacy: story.legacy,
    ...story.particulars,
    missing: story.toChase,
    moreCameAt: story.moreCameAt,
    dangerToldAt: story.dangerToldAt,
    followedBy: story.followedBy,
    placeId: story.placeId,
    personId: story.personId,
    ageBand: story.ageBand,
    wishes: story.wishes?.answer ?? null,
    assignedTo: story.assignedTo,
    considered: story.considered && consideredOf(story.considered),
    earlierDecisions: story.earlierDecisions.map(decisionOf),
    routes: story.routes.map(routeOf),
    ...(state.status === 'awaiting-triage' ? { clocksFrom: state.clocksFrom } : {}),
    ...(state.status === 'triaged' ? { decision: decisionOf(state.decision), feedback: state.feedback, ...sendingOf(state) } : {}),
    ...(state.status === 'disposed' ? { disposedAt: state.disposedAt, retention: state.retention } : {}),
    ...(story.legalHold ? { onHold: true } : {}),
    ...(story.restriction ? { restriction: story.restriction } : {}),
    ...(story.keptFrom?.length ? { keptFrom: story.keptFrom } : {}),
    ...(story.errorProposal ? { errorProposedBy: story.errorProposal.by } : {}),
  };
}

/** Whoever may read those of others works here; partners see how theirs goes on. */
export const seesAll = ({ roles }: Staff): boolean => roles.some((role) => scopeOf('concern.read', role) === 'any');

/** A concern as whoever raises it is answered: what may be done next is for those who work here. */
export function raisedOf(standing: Standing<Concern>, by: Staff): ConcernView {
  const { permitted: ofStaff, ...view } = viewOf(standing);
  return seesAll(by) ? { ...view, permitted: ofStaff } : view;
}

/** What is on its way to whoever raised it, and what did not arrive. */
const sendingOf = ({ sending, notSent }: Triaged) => ({
  sending: sending && { at: sending.at, way: sending.way },
  notSent: notSent && { at: notSent.at, way: notSent.way, reason: notSent.reason },
});

/** How a concern goes on, for whoever raised it: nothing of what was found out or judged. */
export function followOf({ recordId, authority, state, sequence }: Standing<Concern>, written: Revealed<Written>): ConcernView {
  const head = { id: recordId, sequence, authority, status: state.status };
  if (state.status === 'absent') return { ...head, reference: '' };
  const { reference, receivedAt, asked, toldBesides, raisedAs, namedByThem } = state.story;
  const decided = state.status === 'triaged' ? { decidedAt: state.decision.at, feedback: state.feedback } : { decidedAt: null, feedback: null };
  return { ...head, reference, receivedAt, stage: state.status === 'disposed' ? null : stageOf(state), missing: state.status === 'awaiting-triage' ? wantedOf(state.story) : [], askedAt: asked && asked.at, told: toldBesides, isOwn: raisedAs === 'self', abuseTypes: namedByThem, ...written, ...decided };
}

/** Who has a concern now. */
export interface Given extends Answer {
  assignedTo: string | null;
}

export const givenOf = ({ recordId, sequence, state }: Standing<Concern>): Given => ({ id: recordId, sequence, assignedTo: state.status === 'absent' ? null : state.story.assignedTo });

/** What stands beside a concern: the others lately about the same person and at the same place, and who carries messages. */
interface Beside extends AboutPerson {
  atPlace?: AtPlace | null;
  sentBy?: Post['by'];
  /** Which colleagues opened it lately. */
  openedBy?: OpenedBy[];
  /** Whoever raised it hears of changes by a webhook. */
  hears?: boolean;
}

/** A concern with its clocks, its words, and what stands beside it. */
export function caseOf({ standing, story, now }: Whole, { aboutThem, aboutThemInAll, atPlace = null, openedBy = [], sentBy = 'nobody', hears = false }: Beside): ConcernView {
  const { state } = standing;
  return {
    ...viewOf(standing),
    asOf: now,
    aboutThem,
    aboutThemInAll,
    atPlace,
    openedBy,
    sentBy,
    ways: [...waysOf(story), ...(state.status !== 'absent' && state.story.followedBy === 'account' ? ['page'] : [])],
    files: filesOf(state, story),
    mayBeSource: state.status !== 'absent' && mayBeSource(state.story),
    hears: hears && mayFollow(state),
    clocks: state.status === 'awaiting-triage' ? readingsAt(now, state.clocksFrom) : [],
    story: story.map(({ sequence, recordedAt, actor, event }) => ({ sequence, recordedAt, actor, ...event })),
  };
}

/** By which ways whoever raised it can be written to, of those that they gave. */
function waysOf(story: Whole['story']) {
  const [first] = story;
  return first?.event.type === 'ConcernReceived' ? Object.keys(contactIn(first.event.account).addresses) : [];
}

/** The files of a concern, as they are called. */
function filesOf(state: Concern, story: Whole['story']) {
  if (state.status === 'absent') return [];
  const names = new Map(story.flatMap(({ event }) => (event.type === 'FileAdded' ? [[event.fileId, event.name] as const] : [])));
  return state.story.files.map(({ id, kind, bytes, state: isNow, at, by }) => ({ id, name: names.get(id) ?? null, kind, bytes, state: isNow, addedAt: at, addedBy: by }));
}

/** The same of a concern that is decided again: nobody works on it, so no clock runs and nothing can be done with it but that. That danger was told since is no part of the decision. */
export const withoutDecision = (whole: Whole & { dangerToldAt: Instant | null }, about: AboutPerson): ConcernView => ({ ...caseOf(whole, about), dangerToldAt: whole.dangerToldAt, assignedTo: null, clocks: [], permitted: ['LookAgain'] });

type Decision = Extract<Concern, { status: 'triaged' }>['decision'];

/** Where it was sent, and what was heard from there: who was spoken with stands in the story. */
const routeOf = ({ route, otherAuthority, decision, sentAt, state, since }: SentRoute) => ({ route, otherAuthority: otherAuthority?.code ?? null, decision, sentAt, state, since });

const decisionOf = ({ at, outcome, limbs, circumstances, decidedBy, legacy, furtherRoutes, notSafeguardingReason, sarReferral }: Decision) => ({
  decidedAt: at,
  outcome,
  limbs: answersOf(limbs),
  circumstances: circumstances ? codesOf(circumstances) : null,
  decidedBy,
  legacy,
  furtherRoutes,
  notSafeguardingReason,
  sarReferral,
});

const consideredOf = ({ at, by, limbs, circumstances, leaning }: LimbsConsidered) => ({ at, by, limbs: answersOf(limbs), circumstances: codesOf(circumstances), leaning: leaning ? leaningOf(leaning) : null });

const leaningOf = ({ outcome, notSafeguardingReason, furtherRoutes, sarReferral }: Leaning) => ({ outcome, notSafeguardingReason, furtherRoutes, sarReferral });

const answersOf = ({ needs, risk, unable }: Limbs) => ({ needs: needs.answer, risk: risk.answer, unable: unable.answer });

const codesOf = ({ protection, mentalCapacity, consent, advocacy }: Circumstances) => ({
  protection: protection?.answer ?? null,
  mentalCapacity: mentalCapacity?.answer ?? null,
  consent: consent && { answer: consent.answer, ground: consent.ground },
  advocacy: advocacy && { difficulties: advocacy.difficulties, support: advocacy.support },
});
