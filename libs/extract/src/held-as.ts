import { createHash } from 'node:crypto';

/** Longer than any reference in use, and short enough for an index. */
const longest = 200;

/**
 * A reference as the database can hold and find it: itself, or a digest of one that is very long or has a NUL, which
 * PostgreSQL's text cannot hold. Two references are held alike only where they are the same.
 */
export function heldAs(reference: string): string {
  if (reference.length <= longest && !reference.includes('\0')) return reference;
  return `sha256:${createHash('sha256').update(reference).digest('hex')}`;
}

/** Free text from a cell as PostgreSQL's text can hold it: a NUL shows as the replacement character. */
export const holdable = (text: string): string => text.replaceAll('\0', '\uFFFD');
