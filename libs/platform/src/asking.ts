import { createParamDecorator, type ExecutionContext, HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { IdempotencyKey } from '#libs/journal';
import type { Acting } from './refused.js';
import { actingIn, programIn } from './rights.guard.js';
import { currentTraceparent } from './trace.js';

/** One request over HTTP, as a handler needs it: who asks to do what, which version they saw, and their own name for the request. */
export interface Asking extends Acting {
  /** The sequence of `If-Match`; undefined when the header is absent. */
  seen: number | undefined;
  idempotency: IdempotencyKey | undefined;
  traceparent: string | null;
  /** Why a record is read, in the reader's words; a header, since addresses are written into logs. */
  why: string | null;
}

/** Hands a handler its `Asking`. Throws 400 when a header cannot be read. */
export const Ask = createParamDecorator((_data: unknown, context: ExecutionContext): Asking =>
  askingOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Hands a handler the id of the program that asks, as an audit names it. */
export const AskedBy = createParamDecorator((_data: unknown, context: ExecutionContext): string =>
  `service-${programIn(context.switchToHttp().getRequest<FastifyRequest>())}`,
);

function askingOf(request: FastifyRequest): Asking {
  const acting = actingIn(request);
  const key = one(request.headers['idempotency-key']);
  if (key !== undefined && (key.length === 0 || key.length > 255)) {
    throw new HttpException('Idempotency-Key has between 1 and 255 characters.', 400);
  }
  return {
    ...acting,
    seen: sequenceOf(one(request.headers['if-match'])),
    idempotency: key === undefined ? undefined : {
      client: acting.staff.id,
      key,
      request: { method: request.method, path: request.url, body: request.body ?? null, seen: one(request.headers['if-match']) ?? null },
    },
    traceparent: currentTraceparent(one(request.headers['traceparent'])),
    why: whyOf(one(request.headers['caseward-why'])),
  };
}

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

const LONGEST_WHY = 500;

function whyOf(header: string | undefined): string | null {
  const why = header?.trim() ?? '';
  if (why.length > LONGEST_WHY || why.includes('\0')) {
    throw new HttpException(`Caseward-Why has at most ${LONGEST_WHY} characters, and none that cannot be kept.`, 400);
  }
  return why === '' ? null : why;
}

function sequenceOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const match = /^\s*"(\d{1,9})"\s*$/.exec(header);
  if (!match) throw new HttpException('If-Match holds the ETag of the record as you saw it, for example "3".', 400);
  return Number(match[1]);
}
