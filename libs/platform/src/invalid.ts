import { BadRequestException } from '@nestjs/common';

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
