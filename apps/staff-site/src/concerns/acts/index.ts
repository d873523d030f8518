import { may } from '../../may.js';
import type { ConcernCase } from '../shapes.js';
import type { Act } from './act.js';
import { answer } from './answer.js';
import { ask } from './ask.js';
import { give, take } from './assign.js';
import { close } from './close.js';
import { consider } from './consider.js';
import { corrections } from './correct.js';
import { danger } from './danger.js';
import { decide } from './decide.js';
import { confirmError, declineError, proposeError } from './error.js';
import { interest, keepFrom, keepNoMore } from './keep-from.js';
import { place } from './place.js';
import { reopen } from './reopen.js';
import { lift, restrict } from './restrict.js';
import { seenTo } from './seen-to.js';
import { actsOnRoute, onRoutes } from './on-routes.js';
import { tell, writeAgain } from './tell.js';
import { recordWishes } from './wishes.js';

export type { Act, Form } from './act.js';
export { colleagueWith } from './assign.js';
export { close } from './close.js';
export { corrections } from './correct.js';
export { danger } from './danger.js';
export { errorReason } from './error.js';
export { keepFrom } from './keep-from.js';
export { place } from './place.js';
export { reopen } from './reopen.js';
export { seenTo } from './seen-to.js';
export { tell } from './tell.js';

const acts: readonly Act[] = [decide, consider, tell, take, ask, answer, danger, recordWishes, give, writeAgain, reopen, seenTo, confirmError, declineError, proposeError, restrict, lift, keepFrom, keepNoMore, interest, place, close, ...Object.values(corrections), ...onRoutes];

/** What whoever is signed in can do next with a concern; a courtesy, since the service judges by itself. */
export const actsFor = (concern: ConcernCase): Act[] =>
  acts.filter((act) => concern.permitted.includes(act.command) && may(act.needs) && (act.isOffered?.(concern) ?? true));

/** The same of where it was sent. */
export const actsForRoute = (concern: ConcernCase, route: string): Act[] => actsFor(concern).filter((act) => actsOnRoute(route).includes(act));

export const actNamed = (name: string): Act | undefined => acts.find((act) => act.name === name);
