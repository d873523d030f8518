import type { Instant } from '#libs/calendar';
import { type ConcernStory, storyOf, waitsOf } from './concern-story.js';
import { everythingKnown, type Known } from './known.js';
import type { ConcernTold } from './told.js';

/** One decision that was made here, whether a person is named who made it, what was known of what the person concerned wants, whether it goes to the board, and what became of telling whoever raised the concern; of what an old system decided nobody knows. */
export interface TellingFact {
  id: string;
  /** Which of the concern's waits the decision ended. */
  nth: number;
  authority: string;
  decided_at: Instant;
  /** Null: it was taken before that was kept. */
  has_decider: boolean | null;
  /** When the next decision took this one's place. */
  replaced_at: Instant | null;
  /** What was recorded of what the person wants when it was made; null: nothing. */
  wishes: string | null;
  /** Whether it goes to the board for a Safeguarding Adult Review; null: it does not say. */
  sar_referral: boolean | null;
  told_at: Instant | null;
  /** When somebody recorded why they are not told; null where they were told all the same. */
  not_told_at: Instant | null;
}

/** Everything that was ever known of telling whoever raised one concern. */
export function tellingFacts(events: readonly ConcernTold[]): (TellingFact & Known)[] {
  if (events.every(({ type }) => type !== 'safeguarding.concern.triaged.v1')) return [];
  return everythingKnown(events, (known) => tellings(known[0]?.recordId ?? '', storyOf(known)));
}

function tellings(id: string, story: ConcernStory): TellingFact[] {
  const { authority, feedback } = story;
  if (authority === null) return [];
  const waits = waitsOf(story);
  return waits.flatMap(({ decided }, at) => {
    if (decided === null || decided.isImported) return [];
    const next = waits[at + 1]?.decided?.at ?? null;
    const since = feedback.filter((one) => one.at >= decided.at && (next === null || one.at < next));
    const told_at = since.find(({ told }) => told)?.at ?? null;
    const not_told_at = told_at === null ? (since[0]?.at ?? null) : null;
    return [{ id, nth: at + 1, authority, decided_at: decided.at, has_decider: decided.hasActor, replaced_at: next, wishes: decided.wishes, sar_referral: decided.sarReferral, told_at, not_told_at }];
  });
}
