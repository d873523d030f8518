import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { awayPage, hasKey, lapsedPage, notNowPage } from './kept-form.js';
import type { Render } from './renderer.js';
import { NotAllowed, NotBegun, ServiceUnavailable, SignedOut } from './service-client.js';
import { hasChangedNothing } from './visitor.js';

/** Shows a form again whose token has run out, or that nobody can take just now; undefined where it is none that it knows. */
export type StaleForm = (request: FastifyRequest, reply: FastifyReply, why: 'stale' | 'away') => unknown;

interface Problem {
  status: number;
  title: string;
  lines: string[];
}

const NOT_FOUND: Problem = {
  status: 404,
  title: 'Page not found',
  lines: ['If you typed the address, check that it is right.', 'If a link led you here, what it led to is not there, or not any more.'],
};
const UNAVAILABLE: Problem = {
  status: 503,
  title: 'This is not available just now',
  lines: ['A part of the system that this page needs does not answer. Nothing has been lost.', 'Try again in a few minutes.'],
};
const UNANSWERED: Problem = {
  status: 503,
  title: 'It is not known whether it was recorded',
  lines: ['A part of the system gave no answer.', 'Wait a few minutes. Then look whether it is there, before you send it again.'],
};
const STALE: Problem = {
  status: 403,
  title: 'This form has run out',
  lines: ['Nothing was changed. Go back, load the page again and send it once more.'],
};
const NOT_ALLOWED: Problem = {
  status: 403,
  title: 'You cannot do that',
  lines: ['Nothing was changed. If your work needs it, ask an administrator of your council for the role.'],
};
const REFUSED: Problem = {
  status: 400,
  title: 'That could not be understood',
  lines: ['Something in the address or the form was not as expected. Go back and try again.'],
};
const BROKEN: Problem = {
  status: 500,
  title: 'Something went wrong',
  lines: ['The fault is ours and has been noted. Try again later.'],
};

/** Whatever a page throws ends here, in one page that tells the reader what to do and gives nothing away. */
@Catch()
export class ErrorPages implements ExceptionFilter {
  constructor(
    private readonly site: { render: Render; staleForm?: StaleForm },
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    const [request, reply] = [host.switchToHttp().getRequest<FastifyRequest>(), host.switchToHttp().getResponse<FastifyReply>()];
    // Their token ended before we noticed: whatever they wanted comes after they have signed in again, with what they typed.
    if (error instanceof SignedOut && request.method === 'GET') return reply.redirect(`/sign-in?${new URLSearchParams({ to: request.url })}`, 303);
    if (error instanceof SignedOut) return reply.status(401).type('text/html; charset=utf-8').send(this.site.render('lapsed.njk', lapsedPage(request, reply)));
    if (error instanceof NotBegun) return this.notBegun(error, request, reply);
    const problem = problemOf(error);
    // Ids in a path may lead to somebody: the route alone tells what was tried.
    if (problem.status < 500 && problem.status !== 404) this.log.warn({ kind: 'refused', status: problem.status, method: request.method, route: request.routeOptions.url });
    const again = problem === STALE && request.body ? this.site.staleForm?.(request, reply, 'stale') : undefined;
    if (again) return again;
    if (problem.status >= 500) this.note(error, request.id);
    if (problem === UNAVAILABLE && request.method === 'POST') return this.unanswered(request, reply);
    const reference = problem.status >= 500 ? request.id : undefined;
    const tryAgain = problem.status === 503 && request.method === 'GET' ? request.url : undefined;
    const page = this.site.render('problem.njk', { ...problem, reference, tryAgain, homeHref: problem === NOT_FOUND ? '/' : undefined });
    if (problem.status === 503) void reply.header('retry-after', '10');
    return reply.status(problem.status).type('text/html; charset=utf-8').send(page);
  }

  /** Nothing of it was done, so that it can be sent again with what was typed. */
  private notBegun(error: NotBegun, request: FastifyRequest, reply: FastifyReply): unknown {
    this.note(error.cause, request.id);
    void reply.header('retry-after', '10');
    const page = () => this.site.render('not-now.njk', notNowPage(request, reply));
    return this.site.staleForm?.(request, reply, 'away') ?? reply.status(503).type('text/html; charset=utf-8').send(page());
  }

  /** What was sent may have been recorded, or not: a form that says under which key can be sent again without being done twice. */
  private unanswered(request: FastifyRequest, reply: FastifyReply): unknown {
    return reply.status(503).header('retry-after', '10').type('text/html; charset=utf-8').send(this.unansweredPage(request, reply));
  }

  private unansweredPage(request: FastifyRequest, reply: FastifyReply): string {
    const isUnsent = hasChangedNothing();
    if (hasKey(request.body)) return this.site.render('away.njk', awayPage(request, reply, { isUnsent }));
    return isUnsent ? this.site.render('not-now.njk', notNowPage(request, reply)) : this.site.render('problem.njk', { ...UNANSWERED, reference: request.id });
  }

  /** The path, the body and an error's message may name somebody: none is logged. */
  private note(error: unknown, reference: string): void {
    const service = error instanceof ServiceUnavailable ? error.service : undefined;
    const cause = error instanceof Error ? error.cause : undefined;
    this.log.error({ reference, service, error: described(error), cause: described(cause) }, 'a page could not be shown');
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof ServiceUnavailable || (error as { name?: unknown } | null)?.name === 'ProviderAway') return UNAVAILABLE;
  if (error instanceof NotAllowed) return { ...NOT_ALLOWED, lines: [error.message, ...NOT_ALLOWED.lines] };
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === 404) return NOT_FOUND;
  // Nothing else on these sites answers 403; Nest has by now put an exception of its own around the plugin's.
  if (status === 403) return STALE;
  return status >= 400 && status < 500 ? { ...REFUSED, status } : BROKEN;
}

function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

function described(error: unknown) {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return { name: error.name, code, where: error.stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 6) };
}
