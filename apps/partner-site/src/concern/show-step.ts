import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormError, type Render, show } from '#libs/pages';
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

/** A step whose form token has run out, or that nobody can keep just now, with what was typed; undefined for every other page. */
export function showStale(showing: Showing, { url, body }: Pick<FastifyRequest, 'url' | 'body'>, why: 'stale' | 'away'): FastifyReply | undefined {
  const [, name = '', change] = address.exec(url) ?? [];
  const step = stepNamed(name);
  return step && showStep(showing, step, { answers: readTyped(body), about: readAsked(body).about, isChange: change !== undefined, status: why === 'stale' ? 403 : 503, errors: [], trouble: why });
}
