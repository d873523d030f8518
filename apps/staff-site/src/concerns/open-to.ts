import { listInWords, timeInWords, visitor } from '#libs/pages';
import type { Called } from '../colleagues.js';
import { paths } from '../paths.js';
import { keepFrom } from './acts/index.js';
import { othersOpenTo } from './acts/keep-from.js';
import { linkTo } from './at-place.js';
import type { ConcernCase } from './shapes.js';

/** Whom alone it is open to, and whether whoever reads this is one of them. */
export function restricted({ restriction, story }: ConcernCase, called: Called): string | undefined {
  const me = visitor()?.id;
  if (!restriction) return undefined;
  const others = restriction.names.filter((name) => name !== me).map(called);
  const until = story.findLast(({ type, actor }) => type === 'GlassBroken' && actor === me)?.until;
  if (!restriction.names.includes(me ?? '')) return `Restricted to ${listInWords(others)}. You are not named and opened it for a while${until ? `, until ${timeInWords(until)}` : ''}: all that you read of it is recorded with your reason.`;
  return others.length === 0 ? 'Restricted to you: to everybody else this concern does not exist.' : `Restricted to you and ${listInWords(others)}: to everybody else this concern does not exist.`;
}

/** From whom it is kept. */
export const keptFrom = ({ keptFrom: some }: ConcernCase, called: Called): string | undefined =>
  some.length === 0 ? undefined : `Kept from ${listInWords(some.map(({ id }) => called(id)))}: to them this concern does not exist. Do not talk about it with them.`;

/** What else about the person is still open to somebody from whom this is kept, each with the way to keep it from them too. */
export function stillOpen(concern: ConcernCase, called: Called, mayKeep: boolean) {
  const staff = concern.keptFrom.map(({ id }) => id);
  const open = othersOpenTo(concern, staff);
  if (open.length === 0 || !mayKeep) return undefined;
  const them = (kept: readonly string[]): string => listInWords(staff.filter((id) => !kept.includes(id)).map(called));
  return open.map((one) => ({ text: linkTo(one).text, to: them(one.keptFrom), href: paths.concernAct(one.id, keepFrom.name) }));
}
