import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { KeySource } from './key-file.js';
import { derived, idLength, type KeyRing } from './key-ring.js';
import { randomBytes } from './random.js';
import { seal, sealLength, unseal } from './seal.js';

/** A key for one purpose, with the id of the service's key that it follows from. */
export interface NamedKey {
  id: string | null;
  key: KeyObject;
}

/** The keys of one purpose, as the key file has them whenever it is asked. */
export interface PurposeKeys {
  /** What is made now is made under this one. */
  current(): NamedKey;
  /** Every key that something may have been made under; the newest first. */
  all(): NamedKey[];
  /** The one of this id; undefined where nobody has it any more. */
  find(id: string | null): KeyObject | undefined;
}

/** How often the key file is looked at, at most. */
const lookMs = 1_000;

/** No key of the file opens this. */
export class NoKey extends Error {
  override readonly name = 'NoKey';
}

/** Whole keys that never change, for whoever has no file. */
const fixed = (key: Buffer): KeySource => {
  if (key.length !== 32) throw new Error('a service key has 32 bytes');
  return { read: () => ({ keys: [{ id: null, key }], kept: [] }), news: () => undefined };
};

/** What a service's keys are for: wrapping the keys of records, HMACs that only this service can make, what it encrypts itself. */
export class Vault {
  private readonly source: KeySource;
  private ring: KeyRing;
  private lookAt = performance.now() + lookMs;
  /** Made once: making a key object takes several times as long as using it. */
  private readonly made = new Map<string, NamedKey[]>();

  constructor(
    private readonly service: string,
    keys: Buffer | KeySource,
  ) {
    this.source = Buffer.isBuffer(keys) ? fixed(keys) : keys;
    this.ring = this.source.read();
  }

  /** The ids of the keys that unwrap; the first one wraps. */
  get ids(): [string | null, ...(string | null)[]] {
    const [first, ...others] = this.ring.keys;
    return [first.id, ...others.map(({ id }) => id)];
  }

  /** Reads the key file where somebody has put another in its place. */
  look(): this {
    this.lookAt = performance.now() + lookMs;
    const news = this.source.news();
    if (news) {
      this.ring = news;
      this.made.clear();
    }
    return this;
  }

  newKey(recordId: string): { key: Buffer; wrapped: Buffer } {
    const key = randomBytes(32);
    return { key, wrapped: this.close('record key', this.place(recordId), key) };
  }

  unwrap(recordId: string, wrapped: Buffer): Buffer {
    return this.open('record key', this.place(recordId), wrapped);
  }

  /** The same data key under the first key. */
  wrappedAnew(recordId: string, wrapped: Buffer): Buffer {
    return this.close('record key', this.place(recordId), this.unwrap(recordId, wrapped));
  }

  /** Seals something under a key of the service's own, where no record's will do. */
  close(purpose: string, place: string, plain: Buffer | string): Buffer {
    const { id, key } = this.keysFor(purpose).current();
    return Buffer.concat([prefixOf(id), seal(key, place, plain)]);
  }

  /** Opens what `close` closed, under whichever key. Throws `NoKey` where it was changed, lies elsewhere, or its key is gone. */
  open(purpose: string, place: string, sealed: Buffer): Buffer {
    return this.tryOpen(purpose, place, sealed) ?? this.look().tryOpen(purpose, place, sealed) ?? noKey(place);
  }

  /** The same under the first key; undefined where it is. */
  closedAnew(purpose: string, place: string, sealed: Buffer): Buffer | undefined {
    const { id, key } = this.keysFor(purpose).current();
    if (opened(key, place, withoutId(id, sealed))) return undefined;
    return this.close(purpose, place, this.open(purpose, place, sealed));
  }

  /** An HMAC-SHA256 for one purpose, under the first key; nobody without the service's keys can tell what it stands for. */
  hmac(purpose: string, text: string): Buffer {
    return digest(this.digestKeys(purpose)[0]!, purpose, text);
  }

  /** Such an HMAC as text, with the id of its key before it. */
  hmacText(purpose: string, text: string): string {
    const { id } = this.digestKeys(purpose)[0]!;
    return `${id === null ? '' : `${id}.`}${this.hmac(purpose, text).toString('base64url')}`;
  }

  /** Whether it is the HMAC of this text, under whichever key it was made. */
  isHmac(purpose: string, text: string, hmac: Buffer): boolean {
    const isMade = (): boolean => this.digestKeys(purpose).some((key) => isEqual(digest(key, purpose, text), hmac));
    return isMade() || (this.look(), isMade());
  }

  /** The same for one as text. */
  isHmacText(purpose: string, text: string, hmac: string): boolean {
    return this.isHmac(purpose, text, Buffer.from(hmac.slice(hmac.indexOf('.') + 1), 'base64url'));
  }

  /** An HMAC by which something is found again for good: under the oldest key. */
  lastingHmac(purpose: string, text: string): Buffer {
    return digest(this.digestKeys(purpose).at(-1)!, purpose, text);
  }

  /** A key under which something is found again for good: that of the oldest. */
  lastingKey(purpose: string): KeyObject {
    return this.keysFor(purpose).all().at(-1)!.key;
  }

  /** The keys for one purpose, for callers that make their own HMACs. */
  keysFor(purpose: string): PurposeKeys {
    const all = (): NamedKey[] => this.namedKeys(purpose);
    const find = (id: string | null): KeyObject | undefined => all().find((one) => one.id === id)?.key;
    return { current: () => all()[0]!, all, find: (id) => find(id) ?? (this.look(), find(id)) };
  }

  private namedKeys(purpose: string): NamedKey[] {
    if (performance.now() >= this.lookAt) this.look();
    const known = this.made.get(purpose);
    if (known) return known;
    const { keys, kept } = this.ring;
    const live = keys.map((one) => ({ id: one.id, key: createSecretKey(derived(one, purpose)) }));
    const aside = kept.filter((one) => one.purpose === purpose).map(({ id, key }) => ({ id, key: createSecretKey(key) }));
    const made = [...live, ...aside];
    this.made.set(purpose, made);
    return made;
  }

  /** A key without an id makes the digests of every purpose by itself. */
  private digestKeys(purpose: string): NamedKey[] {
    const named = this.namedKeys(`digest/${purpose}`).filter(({ id }) => id !== null);
    return [...named, ...this.namedKeys('digest').filter(({ id }) => id === null)];
  }

  private tryOpen(purpose: string, place: string, sealed: Buffer): Buffer | undefined {
    for (const { id, key } of this.namedKeys(purpose)) {
      const plain = opened(key, place, withoutId(id, sealed));
      if (plain) return plain;
    }
    return undefined;
  }

  private place(recordId: string): string {
    return `${this.service}/record_key/${recordId}`;
  }
}

/** Under which key a data key is wrapped. */
export const wrappedUnder = (wrapped: Buffer): string | null => (wrapped.length === sealLength + 32 ? null : wrapped.toString('hex', 0, idLength));

const prefixOf = (id: string | null): Buffer => (id === null ? Buffer.alloc(0) : Buffer.from(id, 'hex'));

/** What stands after the id; undefined where another id, or none, stands there. */
function withoutId(id: string | null, sealed: Buffer): Buffer | undefined {
  const prefix = prefixOf(id);
  return sealed.subarray(0, prefix.length).equals(prefix) ? sealed.subarray(prefix.length) : undefined;
}

function opened(key: KeyObject, place: string, sealed: Buffer | undefined): Buffer | undefined {
  if (!sealed || sealed.length < sealLength) return undefined;
  try {
    return unseal(key, place, sealed);
  } catch {
    return undefined;
  }
}

function noKey(place: string): never {
  throw new NoKey(`no key of this service opens ${place}`);
}

function digest({ id, key }: NamedKey, purpose: string, text: string): Buffer {
  const hmac = createHmac('sha256', key);
  return (id === null ? hmac.update(`${purpose}\0`) : hmac).update(text).digest();
}

const isEqual = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);
