import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Home } from './home.ts';
import { writeWhole } from './secrets.ts';

/** The file with the private key by which a program proves to the provider who it is, made once. */
export function clientKeyFile(home: Home, client: string): string {
  const file = join(home.secretsFolder, 'clients', `${client}.jwk`);
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  writeWhole(file, `${JSON.stringify({ ...key, kid: thumbprint(key) })}\n`);
  return file;
}

/** The half of a program's key that anybody may know. */
export function publicKey(home: Home, client: string): JsonWebKey {
  const { d: _d, ...known } = privateKey(home, client);
  return known;
}

/** A program's key whole. */
export const privateKey = (home: Home, client: string): JsonWebKey & { kid: string } =>
  JSON.parse(readFileSync(clientKeyFile(home, client), 'utf8')) as JsonWebKey & { kid: string };

/** RFC 7638. */
const thumbprint = ({ crv, kty, x, y }: JsonWebKey): string => createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
