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

/** Half of a pair of UTF-16 is no character: it could not be kept as it was sent, so nothing of it is taken. */
export function refuseBrokenText(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('preValidation', (request, _reply, done) => {
    if (isWhole(request.body)) return done();
    done(new BadRequestException('The body holds half a character, which cannot be kept. Send whole UTF-8 text.'));
  });
}

function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isWhole);
  // A file arrives as a stream, which is read elsewhere.
  if (Object.getPrototypeOf(value) !== Object.prototype) return true;
  return Object.entries(value).every(([key, one]) => key.isWellFormed() && isWhole(one));
}
