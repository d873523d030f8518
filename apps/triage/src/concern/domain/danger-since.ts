import type { Instant } from '#libs/calendar';
import type { TextRef } from '#libs/decider';
import type { SeeToDanger } from './concern-commands.js';
import type { ConcernEvent, ConcernImported, ConcernReceived } from './concern-events.js';
import type { Concern } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { decided } from './standing.js';

type Known = Exclude<Concern, { status: 'absent' }>;

/** Says with a reason that danger which was told after the decision was seen to, and that the decision stands. Opening the concern again, or putting right whether there is danger, is another answer to it. */
export function seeToDanger({ at, by, reason }: SeeToDanger, state: Concern): ConcernEvent[] {
  const { story } = decided(state);
  needsPerson(by);
  if (reason === null) return refuse('concern/reason-required', 'Say what was done about the danger, or how you know that it is seen to. Others must be able to follow it.');
  return story.dangerToldAt === null ? [] : [{ type: 'DangerSeenTo', at, by, reason }];
}

/** Since when danger told after the decision waits for somebody to look: from the first time that whoever raised it says so, or an officer records what was not so recorded before. No message, assignment or word of theirs ends it, nor that an officer does not know. */
export function dangerToldAfter(state: Known, event: Exclude<ConcernEvent, ConcernReceived | ConcernImported>): Instant | null {
  const since = state.story.dangerToldAt;
  switch (event.type) {
    case 'MoreAnswered':
      return state.status === 'triaged' && event.from === 'referrer' && event.inDanger === 'yes' ? (since ?? event.at) : since;
    case 'ConcernCorrected':
      return event.correction.field === 'immediateRisk' ? correctedTo(event.correction.value, { state, event }) : since;
    case 'DangerSeenTo':
    case 'ConcernReopened':
    case 'ConcernEnteredInError':
    case 'ConcernDisposed':
      return null;
    default:
      return since;
  }
}

/** What whoever raised it wrote since the last decision, while danger told then waits for somebody to look. */
export interface DangerSince {
  at: Instant;
  words: { at: Instant; words: TextRef }[];
  /** They wrote some of it since it was decided: their words may show what was decided, or what became of that. */
  mayTell: boolean;
}

/** Undefined where nobody waits. */
export function dangerSince(story: readonly ConcernEvent[], state: Concern): DangerSince | undefined {
  const at = state.status === 'triaged' ? state.story.dangerToldAt : null;
  if (at === null) return undefined;
  const since = story.slice(story.findLastIndex(({ type }) => type === 'ConcernTriaged') + 1);
  const written = since.flatMap((event) => (event.type === 'MoreAnswered' && event.from === 'referrer' && event.answer ? [{ at: event.at, words: event.answer }] : []));
  return { at, words: written.toReversed(), mayTell: written.length > 0 };
}

/** There is none, and nobody waits; there is, and nobody knew that as it was decided. */
function correctedTo(inDanger: boolean | null, { state, event }: { state: Known; event: { at: Instant } }): Instant | null {
  const { dangerToldAt: since, particulars } = state.story;
  if (inDanger === false) return null;
  return inDanger && state.status === 'triaged' && particulars.immediateRisk !== true ? (since ?? event.at) : since;
}
