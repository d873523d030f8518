import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { randomBytes } from './random.js';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/** What sealing adds to what is sealed, in bytes. */
export const sealLength = ivLength + tagLength;

/** AES-256-GCM: iv, tag and cipher in one piece, bound to where it lies. */
export function seal(key: Buffer | KeyObject, place: string, plain: Buffer | string): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, objectOf(key), iv);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Opens what `seal` closed. Throws when it was changed or lies elsewhere than it was sealed for. */
export function unseal(key: Buffer | KeyObject, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, objectOf(key), sealed.subarray(0, ivLength));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]);
}

/** Given bytes, a cipher of Node 24 takes three times as long as with an object that is made of them first. */
const objectOf = (key: Buffer | KeyObject): KeyObject => (Buffer.isBuffer(key) ? createSecretKey(key) : key);
