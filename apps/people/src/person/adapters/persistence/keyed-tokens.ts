import { createHmac, type KeyObject } from 'node:crypto';
import type { PurposeKeys, Vault } from '#libs/journal';
import type { HeldIdentity } from '../../application/held-identity.js';
import { sought } from '../../domain/sought.js';
import { tokens } from '../../domain/tokens.js';
import { phonetic } from '../phonetic.js';

export interface KeyedToken {
  kind: string;
  token: Buffer;
}

/** Twelve bytes tell a hundred million tokens apart, and a candidate is compared after decryption anyway. */
const TOKEN_BYTES = 12;

/** Turns what somebody can be found by into digests that only this service can make. */
export class TokenKey {
  private readonly keys: PurposeKeys;

  constructor(vault: Vault) {
    this.keys = vault.keysFor('person token');
  }

  /** The tokens of many identities, as somebody is found by from now on. */
  forMany(): TokensOf {
    return tokensUnder(this.keys.current().key);
  }

  /** The same under each key that somebody may be found by still; the newest first. While keys are changed there are several. */
  underEach(): TokensOf[] {
    return this.keys.all().map(({ key }) => tokensUnder(key));
  }

  /** Under each of these keys what others are looked for by, and what each says. */
  soughtUnderEach(): SoughtOf[] {
    return this.keys.all().map(({ key }) => soughtUnder(key));
  }

  /** Under each of these keys the digest of one token. */
  keyedUnderEach(): ((plain: string) => Buffer)[] {
    return this.keys.all().map(({ key }) => keyedUnder(key));
  }
}

export type TokensOf = (identity: HeldIdentity) => KeyedToken[];
export type SoughtOf = (identity: HeldIdentity) => { token: Buffer; weight: number }[];

function tokensUnder(key: KeyObject): TokensOf {
  const keyed = keyedUnder(key);
  return (identity) => tokens(identity, phonetic).map((plain) => ({ kind: plain.slice(0, plain.indexOf(':')), token: keyed(plain) }));
}

function soughtUnder(key: KeyObject): SoughtOf {
  const keyed = keyedUnder(key);
  return (identity) => [...sought(identity, phonetic)].map(([plain, weight]) => ({ token: keyed(plain), weight }));
}

/** Each distinct one is made once: surnames, years and places come again and again. */
function keyedUnder(key: KeyObject): (plain: string) => Buffer {
  const made = new Map<string, Buffer>();
  return (plain) => {
    const found = made.get(plain) ?? createHmac('sha256', key).update(plain).digest().subarray(0, TOKEN_BYTES);
    made.set(plain, found);
    return found;
  };
}
