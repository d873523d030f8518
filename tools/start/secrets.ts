import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newServiceKey, writeKeyRing } from '../../libs/journal/src/keys/key-ring.ts';
import type { Home } from './home.ts';

/** Gives a secret of this name, the same on every start. */
export type Secrets = (name: string) => string;

/** Opens the home's secrets; one that is asked for the first time is made and kept before it is used. */
export function openSecrets(home: Home): Secrets {
  const file = join(home.secretsFolder, 'secrets.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  return (name) => {
    const secret = known[name];
    if (secret) return secret;
    const made = randomBytes(24).toString('hex');
    known[name] = made;
    writeWhole(file, `${JSON.stringify(known, null, 2)}\n`);
    return made;
  };
}

/** The file with a service's keys, made once. Losing it loses what was encrypted under them. */
export function keyFile(home: Home, service: string): string {
  const file = join(home.secretsFolder, `${service}.key`);
  if (!existsSync(file)) writeWhole(file, writeKeyRing({ keys: [newServiceKey()], kept: [] }));
  return file;
}

/** Writes a file for its owner alone so that it is there whole, also after a power cut, or as it was before. */
export function writeWhole(file: string, text: string): void {
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
