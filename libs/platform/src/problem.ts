import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, throwError } from 'rxjs';
import { validate as isUuid } from 'uuid';
import { RuleViolation } from '#libs/decider';
import { ProviderAway, TokenRefused } from '#libs/identity';
import { Conflict, KeyReused, NotFound } from '#libs/journal';
import { isPassing } from '#libs/messaging';
import { TooFast } from './pace.js';
import { logAbsent, logRefusal, Refused } from './refused.js';
import { findActing } from './rights.guard.js';

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  [more: string]: unknown;
}

/** The one place where a failure becomes an answer: a rule's refusal, two people at once, what is invalid, and the rest. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() !== 'http') return throwError(() => error);
    const problem = toldProblem(error);
    if (error instanceof NotFound) absent(host.switchToHttp().getRequest<FastifyRequest>());
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    if (problem.status === 503) void reply.header('retry-after', '2');
    if (error instanceof TooFast) void reply.header('retry-after', String(error.waitSeconds));
    if (problem.status === 401) void reply.header('www-authenticate', challengeOf(error));
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

const logger = new Logger('problem');

/** What a failure is called outside, once it is logged: also where it is an answer among others. */
export function toldProblem(error: unknown): Problem {
  const problem = problemOf(error);
  if (error instanceof Refused) logRefusal(error.refusal);
  if (error instanceof TooFast) logger.warn({ kind: 'refused', rule: 'pace' });
  if (error instanceof TokenRefused) logger.warn({ kind: 'refused', rule: error.code });
  return problem.status >= 500 ? reported(error, problem) : problem;
}

function reported(error: unknown, problem: Problem): Problem {
  const reference = randomUUID();
  const { name, code, stack } = (error ?? {}) as { name?: string; code?: string; stack?: string };
  // The message may quote what somebody typed; the stack without its first line does not.
  const where = stack?.split('\n').filter((line) => line.startsWith('    at ')).slice(0, 6).join('\n');
  logger.error({ reference, status: problem.status, name, code, where });
  return { ...problem, reference };
}

/** PostgreSQL does not show another authority's record, so nobody here can tell it from one that there never was: what was asked for is logged, by whom. */
function absent(request: FastifyRequest): void {
  const acting = findActing(request);
  if (acting) logAbsent(acting, Object.values((request.params ?? {}) as Record<string, string>).filter((value) => isUuid(value)));
}

/** The database stopped answering while somebody waited for it. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway';
}

/** What a failure is called outside. Nothing of an unexpected one is told. */
export function problemOf(error: unknown): Problem {
  if (error instanceof RuleViolation) return violation(error);
  if (error instanceof NotFound) return problem(404, error.message);
  if (error instanceof Refused) return refused(error);
  if (error instanceof TokenRefused) return problem(401, error.message, { code: error.code });
  if (error instanceof TooFast) return problem(429, error.message, { code: 'pace/too-fast' });
  if (error instanceof ProviderAway) return problem(503, error.message, { code: 'token/provider-away' });
  if (error instanceof KeyReused) return problem(422, error.message, { code: 'idempotency/key-reused' });
  if (error instanceof Conflict) return conflict(error);
  if (error instanceof HttpException) return fromHttp(error);
  if (isDiskFull(error)) return problem(503, 'The database has no room left on its disk. What was committed stays; make room and try again.', { code: 'database/disk-full' });
  if (error instanceof DatabaseAway || isPassing(error) || isOutOfTime(error)) return away();
  const status = (error as { statusCode?: number } | null)?.statusCode;
  if (status && status >= 400 && status < 500) return problem(status, (error as Error).message);
  return problem(500, 'Something went wrong here; nothing was taken. The reference finds it in the log.');
}

/** All that rules refuse, where it is more than one thing, so that whoever asked can mend it in one go. */
const violation = ({ message, code, refusals }: RuleViolation): Problem => {
  const about = refusals[0]?.about;
  return problem(409, message, { code, ...(about === undefined ? {} : { about }), ...(refusals.length > 1 ? { refusals: refusals.map(({ message: detail, ...refusal }) => ({ ...refusal, detail })) } : {}) });
};

/** The answer while the database is away. It may have heard what it could not answer any more, so nothing is said about that. */
export const away = (): Problem =>
  problem(503, 'The service cannot reach its database just now. Try again in a moment, with the same Idempotency-Key: what was taken is not taken twice.');

/** A statement was ended because it took too long (57014). */
const isOutOfTime = (error: unknown): boolean => {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === '57014';
};

/** PostgreSQL says so of itself (53100), or of the file that it could not extend. */
const isDiskFull = (error: unknown): boolean => ['53100', 'ENOSPC'].includes((error as { code?: string } | null)?.code ?? '');

/** RFC 9470: who has to prove more is told how. */
const challengeOf = (error: unknown): string =>
  error instanceof TokenRefused && error.wants ? `Bearer error="insufficient_user_authentication", acr_values="${error.wants}"` : invalidToken(error);

/** RFC 6750: whoever sent no token is told no more than that they need one. */
const invalidToken = (error: unknown): string =>
  error instanceof TokenRefused && error.code !== 'token/missing' ? `Bearer error="invalid_token", error_description="${error.message.replaceAll(/["\\]/g, "'")}"` : 'Bearer';

function conflict(error: Conflict): Problem {
  if (error.sequence === undefined) return problem(503, 'Too many people are changing this at once; try again in a moment.');
  return problem(412, 'Someone else has changed this since you saw it. Look at what changed, then decide again.', {
    code: 'record/changed',
    changes: error.changes,
    sequence: error.sequence,
  });
}

/** What is not there for somebody is answered as what is not there. */
function refused({ status, message, refusal: { rule } }: Refused): Problem {
  return problem(status, message, status === 404 ? {} : { code: `rights/${rule}` });
}

function fromHttp(error: HttpException): Problem {
  const body = error.getResponse();
  if (typeof body === 'string') return problem(error.getStatus(), body);
  const { message, statusCode: _status, error: _title, ...more } = body as Record<string, unknown>;
  return problem(error.getStatus(), Array.isArray(message) ? message.join('; ') : String(message ?? error.message), more);
}

const problem = (status: number, detail: string, more: object = {}): Problem => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Problem',
  status,
  detail,
  ...more,
});
