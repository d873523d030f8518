import { assertNever } from '#libs/decider';
import type { Instant } from '#libs/calendar';
import { given, subject } from './known.js';
import type { ConcernTold, Decided } from './told.js';

/** A decision, or a reopening where there is no outcome. */
interface Turn {
  at: Instant;
  outcome: string | null;
  /** An old system told of it. */
  isImported?: boolean;
  /** Whether a person is named who did it; null where that is not known. */
  hasActor: boolean | null;
  notSafeguardingReason: string | null;
  /** Whether it goes to the board for a Safeguarding Adult Review; null where that was not said. */
  sarReferral: boolean | null;
  /** What was recorded by then of what the person wants. */
  wishes: string | null;
}

/** Whether whoever raised the concern was told what became of it, or why not was recorded. */
interface Feedback {
  at: Instant;
  told: boolean;
}

/** What is known of one concern. */
export interface ConcernStory {
  authority: string | null;
  receivedAt: Instant | null;
  personId: string | null;
  ageBand: string | null;
  channel: string | null;
  referrerType: string | null;
  abuseTypes: string[];
  locationType: string | null;
  sourceOfRisk: string | null;
  turns: Turn[];
  feedback: Feedback[];
  wishes: string | null;
  isInError: boolean;
}

const untold: ConcernStory = {
  authority: null, receivedAt: null, personId: null, ageBand: null, channel: null, referrerType: null, abuseTypes: [],
  locationType: null, sourceOfRisk: null, turns: [], feedback: [], wishes: null, isInError: false,
};

/** What some events of one concern come to. */
export const storyOf = (events: readonly ConcernTold[]): ConcernStory => events.reduce(evolve, untold);

function evolve(story: ConcernStory, event: ConcernTold): ConcernStory {
  const told = { ...story, authority: event.authority ?? story.authority };
  switch (event.type) {
    case 'safeguarding.concern.received.v1': {
      const { receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk } = event.data;
      return { ...told, receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk };
    }
    case 'safeguarding.concern.imported.v1': {
      const { receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk, decision } = event.data;
      const turns = decision ? [...told.turns, { ...decisionOf(told, event, decision), isImported: true }] : told.turns;
      return { ...told, receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk, turns, ...subject(event.data) };
    }
    case 'safeguarding.concern.identified.v1':
      return { ...told, ...subject(event.data) };
    case 'safeguarding.concern.triaged.v1':
      return { ...told, turns: [...told.turns, { ...decisionOf(told, event, event.data), sarReferral: event.data.sarReferral ?? null }] };
    case 'safeguarding.concern.wishes-recorded.v1':
      return { ...told, wishes: event.data.couldNotAsk ? 'could_not_ask' : event.data.outcomesAsked };
    case 'safeguarding.concern.reopened.v1':
      return { ...told, turns: [...told.turns, { at: event.data.reopenedAt, outcome: null, hasActor: event.hasActor, notSafeguardingReason: null, sarReferral: null, wishes: null }] };
    case 'safeguarding.concern.feedback-recorded.v1':
      return { ...told, feedback: [...told.feedback, event.data] };
    case 'safeguarding.concern.corrected.v1': {
      const { receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk } = event.data;
      return { ...told, ...given({ receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk }) };
    }
    case 'safeguarding.concern.entered-in-error.v1':
      return { ...told, isInError: true };
    default:
      return assertNever(event);
  }
}

const decisionOf = ({ wishes }: ConcernStory, { hasActor }: ConcernTold, { decidedAt: at, outcome, notSafeguardingReason = null }: Decided): Turn =>
  ({ at, outcome, hasActor, notSafeguardingReason, sarReferral: null, wishes });

/** One wait for a decision, and the decision that ended it. */
export interface Wait {
  /** Null where it was decided again and nobody told of a reopening. */
  from: Instant | null;
  decided: Turn | null;
}

/** Decisions and reopenings in the order in which they happened, each wait with the decision that ended it; none before it is known that it was received. */
export function waitsOf({ authority, receivedAt, turns, isInError }: ConcernStory): Wait[] {
  if (authority === null || receivedAt === null || isInError) return [];
  const waits: Wait[] = [{ from: receivedAt, decided: null }];
  for (const turn of turns.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))) {
    const last = waits.at(-1);
    const isWaiting = last?.decided === null;
    if (turn.outcome === null && !isWaiting) waits.push({ from: turn.at, decided: null });
    else if (turn.outcome !== null && isWaiting) last.decided = turn;
    else if (turn.outcome !== null) waits.push({ from: null, decided: turn });
  }
  return waits;
}
