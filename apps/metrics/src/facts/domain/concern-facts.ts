import { elapsedMicros, type Instant } from '#libs/calendar';
import { type ConcernStory, storyOf, waitsOf } from './concern-story.js';
import { everythingKnown, type Known } from './known.js';
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
  /** Why it was no safeguarding matter, where the decision says so. */
  not_safeguarding_reason: string | null;
  elapsed_micros: number | null;
  person_id: string | null;
  age_band: string | null;
  channel: string | null;
  referrer_type: string | null;
  abuse_types: string[];
  location_type: string | null;
  source_of_risk: string | null;
}

/** Everything one concern was ever held to be. */
export function concernFacts(events: readonly ConcernTold[]): (ConcernFact & Known)[] {
  return everythingKnown(events, (known) => waits(known[0]?.recordId ?? '', storyOf(known)));
}

function waits(id: string, story: ConcernStory): ConcernFact[] {
  const { authority, receivedAt } = story;
  if (authority === null || receivedAt === null) return [];
  return waitsOf(story).map(({ from, decided }, at, all) => ({
    id,
    nth: at + 1,
    authority,
    received_at: receivedAt,
    waiting_from: from,
    decided_at: decided?.at ?? null,
    replaced_at: decided ? (all[at + 1]?.decided?.at ?? null) : null,
    outcome: decided?.outcome ?? null,
    not_safeguarding_reason: decided?.notSafeguardingReason ?? null,
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
