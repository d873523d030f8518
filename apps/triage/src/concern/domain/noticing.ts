import { addHours, type Instant } from '#libs/calendar';
import type { NoNoticeReason, Way } from './codes.js';
import type { AskForMore, Reach } from './concern-commands.js';
import type { MoreAskedFor } from './concern-events.js';
import type { AwaitingTriage, Concern } from './concern-state.js';
import { wantedOf } from './following.js';
import { mayBeSource, noticeLeft, noticeUnderway } from './sending.js';
import { awaiting, held } from './standing.js';

/** Nobody sends a notice any more after that: it tries for as long as GOV.UK Notify does. */
const NOTICE_HOURS = 72;

export const noticeEnd = (now: Instant): Instant => addHours(now, NOTICE_HOURS);

/** By which way a notice goes that says nothing of what it is about: by email where they gave one. */
export const noticeWay = ({ email, text }: Pick<Reach, Way>): Way | undefined => (email ? 'email' : text ? 'text' : undefined);

/** Whether whoever raised it is told that more is wanted, for which nobody writes anything; and why not. It tells them nothing of what became of it. */
export function noticeOf({ notice }: AskForMore, state: Concern): MoreAskedFor['notice'] {
  if (!notice) return undefined;
  const not = hindrance(notice, awaiting(held(state)));
  return not ? { not } : { way: noticeWay(notice.reach)!, sendingId: notice.sendingId };
}

function hindrance({ reach, isSaidSafe, isSafe, isCarried }: NonNullable<AskForMore['notice']>, { story }: AwaitingTriage): NoNoticeReason | undefined {
  if (mayBeSource(story)) return 'may_be_source';
  if (story.followedBy === null) return 'no_page';
  if (noticeWay(reach) === undefined) return 'no_contact';
  if (reach.isRisky) return 'contact_unsafe';
  if (!isSaidSafe && !isSafe) return 'wishes_unread';
  return isCarried ? undefined : 'nobody_sends';
}

/** Whether this notice is still to be sent: they were not asked anew meanwhile, it is not decided, something of it has not come yet, and nobody found that they may be causing the harm. */
export const isNoticeWanted = (state: Concern, sendingId: string): boolean => {
  if (state.status !== 'awaiting-triage' || mayBeSource(state.story) || wantedOf(state.story).length === 0) return false;
  return noticeUnderway(state)?.sendingId === sendingId;
};

/** Whether it was decided while this notice waited. */
export const isDecidedBefore = (state: Concern, sendingId: string): boolean => noticeLeft(state)?.sendingId === sendingId;
