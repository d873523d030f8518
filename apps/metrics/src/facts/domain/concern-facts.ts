import { assertNever } from '#libs/decider';
import { elapsedMicros, type Instant } from '#libs/calendar';
import { everythingKnown, given, type Known, subject } from './known.js';
import type { ConcernTold } from './told.js';

/** One wait for a decision of one concern: the first begins when it is received, a further one when it is reopened. */
export interface ConcernFact {
  id: string;
  /** 1 for the first wait, which every concern has. */
  nth: number;
  authority: string;
  received_at: Instant;
  /** Null where it was decided again and nobody told of a reopening. */
  waiting_from: Instant | null;
  decided_at: Instant | null;
  /** When the next decision took this one's place. */
  replaced_at: Instant | null;
  outcome: string | null;
  elapsed_micros: number | null;
  person_id: string | null;
  age_band: string | null;
  channel: string | null;
  referrer_type: string | null;
  abuse_types: string[];
  location_type: string | null;
  source_of_risk: string | null;
}

interface Turn { at: Instant; outcome: string | null }


interface Story {
  authority: string | null;
  receivedAt: Instant | null;
  personId: string | null;
  ageBand: string | null;
  channel: string | null;
  referrerType: string | null;
  abuseTypes: string[];
  locationType: string | null;
  sourceOfRisk: string | null;
  /** Decisions, and reopenings as turns without an outcome. */
  turns: Turn[];
  isInError: boolean;
}

const untold: Story = {
  authority: null, receivedAt: null, personId: null, ageBand: null, channel: null, referrerType: null, abuseTypes: [],
  locationType: null, sourceOfRisk: null, turns: [], isInError: false,
};

/** Everything one concern was ever held to be. */
export function concernFacts(events: readonly ConcernTold[]): (ConcernFact & Known)[] {
  return everythingKnown(events, (known) => waits(known[0]?.recordId ?? '', known.reduce(evolve, untold)));
}

function evolve(story: Story, event: ConcernTold): Story {
  const told = { ...story, authority: event.authority ?? story.authority };
  switch (event.type) {
    case 'safeguarding.concern.received.v1': {
      const { receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk } = event.data;
      return { ...told, receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk };
    }
    case 'safeguarding.concern.imported.v1': {
      const { receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk, decision } = event.data;
      const turns = decision ? [...told.turns, { at: decision.decidedAt, outcome: decision.outcome }] : told.turns;
      return { ...told, receivedAt, channel, referrerType, abuseTypes, locationType, sourceOfRisk, turns, ...subject(event.data) };
    }
    case 'safeguarding.concern.identified.v1':
      return { ...told, ...subject(event.data) };
    case 'safeguarding.concern.triaged.v1':
      return { ...told, turns: [...told.turns, { at: event.data.decidedAt, outcome: event.data.outcome }] };
    case 'safeguarding.concern.reopened.v1':
      return { ...told, turns: [...told.turns, { at: event.data.reopenedAt, outcome: null }] };
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

interface Wait { from: Instant | null; decided: Turn | null }

/** Decisions and reopenings in the order in which they happened, each wait with the decision that ended it. */
function waitsOf(receivedAt: Instant, turns: readonly Turn[]): Wait[] {
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

function waits(id: string, story: Story): ConcernFact[] {
  const { authority, receivedAt, turns, isInError } = story;
  if (authority === null || receivedAt === null || isInError) return [];
  return waitsOf(receivedAt, turns).map(({ from, decided }, at, all) => ({
    id,
    nth: at + 1,
    authority,
    received_at: receivedAt,
    waiting_from: from,
    decided_at: decided?.at ?? null,
    replaced_at: decided ? (all[at + 1]?.decided?.at ?? null) : null,
    outcome: decided?.outcome ?? null,
    elapsed_micros: decided ? elapsedMicros(receivedAt, decided.at) : null,
    person_id: story.personId,
    age_band: story.ageBand,
    channel: story.channel,
    referrer_type: story.referrerType,
    abuse_types: story.abuseTypes,
    location_type: story.locationType,
    source_of_risk: story.sourceOfRisk,
  }));
}
