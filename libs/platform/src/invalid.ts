import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/** What a schema found wrong, as an answer that says where and what. */
export function invalid(issues: readonly Issue[]): BadRequestException {
  const found = issues.slice(0, 50).map((issue) => ({ field: fieldOf(issue), message: issue.message }));
  const detail = found.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ');
  return new BadRequestException({ message: detail, issues: found });
}

const fieldOf = (issue: Issue): string =>
  (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');

const halfCharacter = 'The body holds half a character, which cannot be kept. Send whole UTF-8 text.';

/** Half of a pair of UTF-16 is no character: it could not be kept as it was sent, so nothing of it is taken. */
export function refuseBrokenText(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('preValidation', (request, _reply, done) => {
    const found = unreadable(request.body);
    done(found === undefined ? undefined : new BadRequestException(found));
  });
}

/** Deeper than anything that is asked for; what is deeper still would end the stack of whoever walks it. */
const deepest = 64;

/** What keeps a body from being read at all, in words; undefined where nothing does. */
export function unreadable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : halfCharacter;
  if (value === null || typeof value !== 'object') return undefined;
  // A file arrives as a stream, which is read elsewhere.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  if (depth === deepest) return `The body is nested more than ${deepest} levels deep.`;
  for (const [key, one] of Object.entries(value)) {
    const found = key.isWellFormed() ? unreadable(one, depth + 1) : halfCharacter;
    if (found) return found;
  }
  return undefined;
}
