import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormError, type Render, show } from '#libs/pages';
import { stepPage } from './step-page.js';
import { type Step, stepNamed } from './steps.js';
import type { Trouble } from './trouble.js';
import { readTyped, type Typed } from './typed.js';

/** What every page of the form is shown with. */
export interface Showing {
  reply: FastifyReply;
  render: Render;
  phone: string;
}

/** Why a page is shown as it is. */
export interface Why {
  status: number;
  errors: FormError[];
  trouble?: Trouble;
}

/** Shows a step with what was answered in it. */
export function showStep({ reply, render, phone }: Showing, step: Step, { answers, isChange, status, ...why }: Why & { answers: Typed; isChange: boolean }): FastifyReply {
  return show(reply, render('step.njk', stepPage(step, answers, { ...why, csrf: reply.generateCsrf(), phone, isChange })), status);
}

const address = /^\/concerns\/new\/([a-z-]+)(\?change=yes)?$/;

/** A step whose form token has run out, with what was typed; undefined for every other page. */
export function showStale(showing: Showing, { url, body }: Pick<FastifyRequest, 'url' | 'body'>): FastifyReply | undefined {
  const [, name = '', change] = address.exec(url) ?? [];
  const step = stepNamed(name);
  return step && showStep(showing, step, { answers: readTyped(body), isChange: change !== undefined, status: 403, errors: [], trouble: 'stale' });
}
