import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { NamedKey, PurposeKeys } from '../keys/vault.js';
import type { Log } from '../settled.js';
import type { Part } from './part.js';

/** What was there at one time, under a key that no database role can read. */
export interface Seal {
  service: string;
  number: number;
  /** The id of the key that it and its rows' leaves are under; absent where that has none. */
  key?: string;
  sealedAt: string;
  /** The HMAC of the seal before; null for the first. */
  previous: string | null;
  /** A log that came to be sealed later is absent from earlier seals. */
  logs: Partial<Record<Log, Part>>;
}

/** A seal with its HMAC, and as it stands in the table and in the file. */
export interface Sealed {
  seal: Seal;
  hmac: string;
  line: string;
}

const hmacOf = (key: KeyObject, seal: Seal): Buffer => createHmac('sha256', key).update('seal\0').update(canonicalize(seal) ?? '').digest();

/** Puts a seal under a key. */
export function signed({ id, key }: NamedKey, made: Omit<Seal, 'key'>): Sealed {
  const seal: Seal = { ...made, ...(id === null ? {} : { key: id }) };
  const hmac = hmacOf(key, seal).toString('base64url');
  return { seal, hmac, line: canonicalize({ ...seal, hmac })! };
}

/** What a line says; undefined where it is no seal of these keys, or was changed. */
export function readSeal(keys: PurposeKeys, line: string): Sealed | undefined {
  const { hmac, ...told } = parsed(line);
  const seal = told as unknown as Seal;
  const key = keyOf(keys, seal);
  if (typeof hmac !== 'string' || !key) return undefined;
  const [said, right] = [Buffer.from(hmac, 'base64url'), hmacOf(key, seal)];
  return said.length === right.length && timingSafeEqual(said, right) ? { seal, hmac, line } : undefined;
}

/** The key that a seal says it is under; undefined where nobody has it any more. */
export const keyOf = (keys: PurposeKeys, seal: Pick<Seal, 'key'>): KeyObject | undefined => keys.find(seal.key ?? null);

/** The number that a line gives itself, whether or not it is genuine; undefined where it cannot be read. */
export function numberIn(line: string): number | undefined {
  const { number } = parsed(line);
  return Number.isSafeInteger(number) ? (number as number) : undefined;
}

function parsed(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
