import type { ForgetView, SaveView } from './staff-commands.js';
import type { SavedView, StaffEvent } from './staff-events.js';
import type { ActiveMember, DisabledMember, StaffMember } from './staff-state.js';
import { active, held, refuse } from './refuse.js';

/** More than this nobody finds their way among. */
const MOST = 20;

/** Keeps what somebody chose of a queue, for themselves. The same again is no second one. */
export function saveView({ at, by, view }: SaveView, state: StaffMember): StaffEvent[] {
  const views = ownViews(active(state), by);
  if (views.some((one) => isSame(one, view))) return [];
  if (views.length >= MOST) refuse('staff-member/too-many-views', `You have saved ${MOST} views already. Forget one that you do not need any more, then save this one.`);
  return [{ type: 'ViewSaved', at, by, saved: view, views: [...views, view] }];
}

export function forgetView({ at, by, view }: ForgetView, state: StaffMember): StaffEvent[] {
  const views = ownViews(held(state), by);
  const left = views.filter((one) => !isSame(one, view));
  return left.length === views.length ? [] : [{ type: 'ViewForgotten', at, by, forgotten: view, views: left }];
}

function ownViews({ member }: ActiveMember | DisabledMember, by: string): SavedView[] {
  return by === member.actsAs ? member.views : refuse('staff-member/own-views', 'Everybody keeps their own views, and nobody else’s.');
}

function isSame(one: SavedView, other: SavedView): boolean {
  const [chosen, sought] = [Object.entries(one.filters), new Map(Object.entries(other.filters))];
  return one.queue === other.queue && chosen.length === sought.size && chosen.every(([name, value]) => sought.get(name) === value);
}
