import { randomFillSync } from 'node:crypto';

/** To draw a few bytes takes as long as to draw all of these. */
const drawn = Buffer.alloc(4_096);
let given = drawn.length;

/** Random bytes for keys and ciphers, each given once and kept nowhere else. */
export function randomBytes(length: number): Buffer {
  if (length > drawn.length) throw new RangeError(`at most ${drawn.length} bytes are given at once`);
  if (given + length > drawn.length) {
    randomFillSync(drawn);
    given = 0;
  }
  const bytes = Buffer.from(drawn.subarray(given, given + length));
  drawn.fill(0, given, (given += length));
  return bytes;
}
