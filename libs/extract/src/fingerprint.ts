import { createHmac, type KeyObject } from 'node:crypto';
import type { Row } from './open-extract.js';

/**
 * A keyed digest (HMAC-SHA256) of what the known columns of a row say, to tell whether a row says the same as an earlier
 * one without keeping its words. An absent column says what an empty one does, so a column that is added to the format
 * later, at the end, changes no old digest.
 */
export function fingerprint(cells: Row['cells'], columns: readonly string[], key: KeyObject): Buffer {
  let content = '';
  for (const column of columns) {
    const cell = cells[column] ?? '';
    if (cell !== '') content += `${column}:${cell.length}:${cell}`;
  }
  return createHmac('sha256', key).update(content).digest();
}

/** The same of a row whose cells could not be told apart. The same letters from other bytes are another row. */
export function rawFingerprint({ raw, isLatin1 }: Pick<Row, 'raw' | 'isLatin1'>, key: KeyObject): Buffer {
  return fingerprint({ row: JSON.stringify(raw), encoding: isLatin1 ? 'latin1' : '' }, ['row', 'encoding'], key);
}
