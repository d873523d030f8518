import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { writeWhole } from '../start/secrets.ts';
import { CommandError } from './failure.ts';

const current = /^SESSION_SECRET=(.*)$/m;
const before = /^SESSION_SECRET_BEFORE=.*\n?/m;

/** Whether a file of a container's settings is meant, and not one of a service's keys. */
export const isOfSite = (file: string): boolean => file.endsWith('.env');

/** Puts a new secret into the settings of a site and keeps the one before beside it, by which sessions that were begun go on. Returns whether that had been done already. */
export function beginSecret(file: string): { isBegun: boolean } {
  const text = read(file);
  if (before.test(text)) return { isBegun: true };
  const held = current.exec(text)?.[1];
  if (!held) throw new CommandError(`${file} has no SESSION_SECRET.`);
  write(file, text.replace(current, () => `SESSION_SECRET=${randomBytes(24).toString('hex')}\nSESSION_SECRET_BEFORE=${held}`));
  return { isBegun: false };
}

/** Takes the one before out: what was begun under it has ended by itself. */
export function dropSecret(file: string): void {
  write(file, read(file).replace(before, ''));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Whoever could read it before can afterwards. */
function write(file: string, text: string): void {
  const { mode } = statSync(file);
  writeWhole(file, text);
  chmodSync(file, mode);
}
