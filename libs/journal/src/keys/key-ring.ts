import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A key of a service. One that was made before keys had ids has none, and nor has what was made with it. */
export interface ServiceKey {
  id: string | null;
  key: Buffer;
}

/** What follows from a key that was put aside, for one purpose that outlives it; nothing is unwrapped with it. */
export interface KeptKey extends ServiceKey {
  purpose: string;
}

/** What a service's key file holds: the first key wraps, all of them unwrap. */
export interface KeyRing {
  keys: readonly [ServiceKey, ...ServiceKey[]];
  /** The latest that was put aside comes first. */
  kept: readonly KeptKey[];
}

const keyLength = 32;
/** Of an id: it stands before what was sealed under its key. */
export const idLength = 4;

const key = z.base64().transform((text) => Buffer.from(text, 'base64')).refine((bytes) => bytes.length === keyLength, 'a key has 32 bytes');
const id = z.string().regex(new RegExp(`^[0-9a-f]{${2 * idLength}}$`)).nullable().default(null);
const whole = z.strictObject({ id, key });
const rings = z.strictObject({ keys: z.tuple([whole], whole), kept: z.array(whole.extend({ purpose: z.string().min(1) })).default([]) });

/** Reads a key file: JSON, or the one key in base64 of before there were several. Throws where it is neither. */
export function readKeyRing(text: string): KeyRing {
  const ring = text.trimStart().startsWith('{') ? rings.parse(JSON.parse(text)) : rings.parse({ keys: [{ key: text.trim() }] });
  const ids = ring.keys.map((one) => one.id);
  if (new Set(ids).size < ids.length) throw new Error('two keys have one id');
  return ring;
}

/** As it stands in the file. */
export function writeKeyRing({ keys, kept }: KeyRing): string {
  return `${JSON.stringify({ keys: keys.map(inText), ...(kept.length > 0 ? { kept: kept.map(inText) } : {}) }, null, 2)}\n`;
}

const inText = <One extends ServiceKey>({ key: bytes, id: name, ...one }: One) => ({ ...(name === null ? {} : { id: name }), ...one, key: bytes.toString('base64') });

/** A key that nobody has yet. */
export const newServiceKey = (): ServiceKey => ({ id: randomBytes(idLength).toString('hex'), key: randomBytes(keyLength) });

/** The same with a new key that wraps from now on. */
export const withNewKey = ({ keys, kept }: KeyRing, made = newServiceKey()): KeyRing => ({ keys: [made, ...keys], kept });

/** The same without the oldest key, but for what follows from it and goes on being needed. The first key stays. */
export function withoutOldest({ keys: [first, ...others], kept }: KeyRing): KeyRing {
  const oldest = others.at(-1);
  return { keys: [first, ...others.slice(0, -1)], kept: oldest ? [...keptOf(oldest), ...kept] : kept };
}

/** The purposes of a key whose fruits outlive it: proofs are judged by the key that made them, and what is found by a digest is found by the same for good. */
const outliving = ['seal', 'extract row', 'digest/narrative', 'digest/idempotency', 'digest/organisation named', 'digest/mention', 'digest/second look'];

function keptOf(aside: ServiceKey): KeptKey[] {
  const purposes = aside.id === null ? ['seal', 'extract row', 'digest'] : outliving;
  return purposes.map((purpose) => ({ id: aside.id, purpose, key: derived(aside, purpose) }));
}

/**
 * The key that follows from a service's key for one purpose (HKDF, RFC 5869). A key without an id was used as it is for
 * wrapping and for digests, and gave the others by an HMAC.
 */
export function derived({ id: name, key: from }: ServiceKey, purpose: string): Buffer {
  if (name !== null) return Buffer.from(hkdfSync('sha256', from, Buffer.alloc(0), `caseward/${purpose}`, keyLength));
  if (purpose === 'record key' || purpose === 'digest') return from;
  return createHmac('sha256', from).update('key\0').update(purpose).digest();
}
