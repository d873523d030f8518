import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormError, type Render, show } from '#libs/pages';
import type { Locked, Open } from '../draft/draft-here.js';
import type { Kept } from '../draft/drafts.js';
import { noDraft, readAsked } from './asked.js';
import type { Doubt } from './doubts.js';
import type { Own } from './own.js';
import { type Others, stepPage } from './step-page.js';
import { type Step, stepNamed } from './steps.js';
import type { Trouble } from './trouble.js';
import { readTyped, type Typed } from './typed.js';

/** What every page of the form is shown with. */
export interface Showing {
  reply: FastifyReply;
  render: Render;
  phone: string;
  now: number;
}

/** Why a page is shown as it is. */
export interface Why {
  status: number;
  errors: FormError[];
  trouble?: Trouble;
  waitSeconds?: number;
}

/** A step as it is shown: what is in it, and which draft it is about. */
export interface Shown extends Why {
  answers: Typed;
  isChange: boolean;
  about: string | undefined;
  doubts?: Doubt[];
  others?: Others;
  /** What is open, as it is now. */
  draft?: Kept;
  own?: Own | undefined;
}

/** Shows a step with what was answered in it. */
export function showStep({ reply, render, phone, now }: Showing, step: Step, { status, ...shown }: Shown): FastifyReply {
  if (shown.waitSeconds !== undefined) void reply.header('retry-after', String(shown.waitSeconds));
  return show(reply, render('step.njk', stepPage(step, { ...shown, about: shown.about ?? noDraft, csrf: reply.generateCsrf(), phone, now })), status);
}

const address = /^\/concerns\/new\/([a-z-]+)(\?change=yes)?$/;

/** What is open in the browser that asks. */
type Look = (request: FastifyRequest) => Promise<Open | Locked | undefined>;

/** A step whose form token has run out, or that nobody can keep just now, with what was typed and what is kept besides; undefined for every other page. */
export function showStale(showing: Showing, request: FastifyRequest, { why, look }: { why: 'stale' | 'away'; look: Look }): Promise<FastifyReply> | undefined {
  const [, name = '', change] = address.exec(request.url) ?? [];
  const step = stepNamed(name);
  if (!step) return undefined;
  const { about } = readAsked(request.body);
  const shown = { answers: readTyped(request.body), about, isChange: change !== undefined, status: why === 'stale' ? 403 : 503, errors: [] };
  const trouble = why === 'stale' && about !== undefined && about !== noDraft ? keptBesides(request, { about, look }) : Promise.resolve(why);
  return trouble.then((said) => showStep(showing, step, { ...shown, trouble: said }));
}

/** Whether the answers that the page was about are still there; where others are open, or nobody can tell, nothing is said of them. */
const keptBesides = (request: FastifyRequest, { about, look }: { about: string; look: Look }): Promise<Trouble> =>
  look(request).then((open) => (open === undefined ? 'stale-and-closed' : open !== 'locked' && !open.sent && open.tag === about ? 'stale-and-open' : 'stale'), () => 'stale');
