import { addHours, type Instant } from '#libs/calendar';
import type { AddFile } from './concern-commands.js';
import type { Concern } from './concern-state.js';
import { needsFollower } from './following.js';
import { refuse } from './refuse.js';
import { mayBeSource } from './sending.js';
import { held, kept } from './standing.js';

/** As long as a session lasts at most: so long somebody without an account has their receipt in hand. */
const RECEIPT_HOURS = 12;

/** Throws where somebody without an account can add nothing any more, nor see what they added. */
export function needsLettingIn(state: Concern, { at, letInBy }: Pick<AddFile, 'at' | 'letInBy'>): void {
  if (letInBy === 'code') needsFollower(state);
  if (letInBy === 'receipt') needsReceipt(state, at);
}

/**
 * A concern that takes more, and whether whoever adds to it sees it as they sent it alone. One that was entered in error takes
 * nothing; but whoever raised it and may be the one who causes the harm is answered as if nobody had looked at it.
 */
export function addedTo(state: Concern, { letInBy }: Pick<AddFile, 'letInBy'>): { story: ReturnType<typeof kept>['story']; isUnseeing: boolean } {
  const { story } = kept(state);
  const isUnseeing = (letInBy === 'account' || letInBy === 'receipt') && mayBeSource(story);
  return { story: isUnseeing ? story : held(state).story, isUnseeing };
}

function needsReceipt(state: Concern, at: Instant): void {
  if (at > addHours(kept(state).story.receivedAt, RECEIPT_HOURS)) refuse('concern/receipt-over', `With the receipt alone, files can be added for ${RECEIPT_HOURS} hours. Follow your concern with a code to add more, or ring us.`);
}
