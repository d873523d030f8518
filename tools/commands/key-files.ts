import { chmodSync, readFileSync, statSync } from 'node:fs';
import { type KeyRing, readKeyRing, withNewKey, withoutOldest, writeKeyRing } from '../../libs/journal/src/keys/key-ring.ts';
import { writeWhole } from '../start/secrets.ts';
import { CommandError } from './failure.ts';

/** Puts a new key first into a key file, unless a change that was begun waits to be finished there. Returns the first key's id. */
export function beginChange(file: string): { under: string; isBegun: boolean } {
  const held = read(file);
  const isBegun = held.keys.length > 1;
  const ring = isBegun ? held : withNewKey(held);
  if (!isBegun) write(file, ring);
  return { under: ring.keys[0].id!, isBegun };
}

/** Takes the keys out of a key file that nothing needs any more, from the oldest on. Returns how many old ones are left. */
export function finishChange(file: string, retired: readonly (string | null)[]): number {
  let ring = read(file);
  const before = ring.keys.length;
  while (ring.keys.length > 1 && retired.includes(ring.keys.at(-1)!.id)) ring = withoutOldest(ring);
  if (ring.keys.length < before) write(file, ring);
  return ring.keys.length - 1;
}

/** The ids of all keys of a file but the first. */
export const olderKeys = (file: string): (string | null)[] => read(file).keys.slice(1).map(({ id }) => id);

function read(file: string): KeyRing {
  try {
    return readKeyRing(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(code ? `${file} cannot be read (${code}).` : `${file} is no key file.`);
  }
}

/** Whoever could read it before can afterwards. */
function write(file: string, ring: KeyRing): void {
  const { mode } = statSync(file);
  writeWhole(file, writeKeyRing(ring));
  chmodSync(file, mode);
}
