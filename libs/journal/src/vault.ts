import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/** AES-256-GCM: iv, tag and cipher in one piece, bound to where it lies. */
export function seal(key: Buffer | KeyObject, place: string, plain: Buffer | string): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Opens what `seal` closed. Throws when it was changed or lies elsewhere than it was sealed for. */
export function unseal(key: Buffer | KeyObject, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivLength));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(ivLength, ivLength + tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(ivLength + tagLength)), decipher.final()]);
}

/** What a service's key is for: wrapping the keys of records, and HMACs that only this service can make. */
export class Vault {
  /** Made once: making a key object takes several times as long as using it. */
  private readonly serviceKey: KeyObject;

  constructor(
    private readonly service: string,
    serviceKey: Buffer,
  ) {
    if (serviceKey.length !== 32) throw new Error('a service key has 32 bytes');
    this.serviceKey = createSecretKey(serviceKey);
  }

  newKey(recordId: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(32);
    return { key, wrapped: seal(this.serviceKey, `${this.service}/record_key/${recordId}`, key) };
  }

  unwrap(recordId: string, wrapped: Buffer): Buffer {
    return unseal(this.serviceKey, `${this.service}/record_key/${recordId}`, wrapped);
  }

  /** An HMAC-SHA256 for one purpose; nobody without the service key can tell what it stands for. */
  hmac(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.serviceKey).update(`${purpose}\0`).update(text).digest();
  }

  /** A key of its own for one purpose, for callers that make their own HMACs. */
  purposeKey(purpose: string): KeyObject {
    return createSecretKey(this.hmac('key', purpose));
  }
}
