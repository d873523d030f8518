import type { FastifyReply } from 'fastify';
import { show } from '#libs/pages';
import type { Locked, Open } from '../draft/draft-here.js';
import { paths } from '../paths.js';
import type { Showing } from './show-step.js';

/** Shows why no answers are open in this browser for whoever asks, where some were expected. */
export function showNone({ reply, render, phone }: Omit<Showing, 'now'>, found: Locked | undefined): FastifyReply {
  if (found === 'locked') return show(reply, render('go-on.njk', { ...goOnPage(found, reply.generateCsrf()), phone }), 401);
  const page = { title: 'Your answers are not open here', here: paths.newConcern(), phone, startHref: paths.newConcern(), savedHref: paths.saved() };
  return show(reply, render('none.njk', page), 410);
}

/** Asks whether somebody goes on with what is open, or begins anew. Whoever may not see it can only close it. */
export function goOnPage(draft: Open | Locked, csrf: string) {
  const around = { here: paths.newConcern(), csrf };
  if (draft === 'locked') return { ...around, title: 'Somebody who was signed in has begun to tell us something', signInHref: paths.signIn(paths.newConcern()), close: paths.close() };
  return { ...around, title: 'You have begun to tell us something', goOnHref: paths.step(draft.next), forget: paths.forget() };
}
