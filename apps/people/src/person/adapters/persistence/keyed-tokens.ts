import { createHmac, type KeyObject } from 'node:crypto';
import type { PurposeKeys, Vault } from '#libs/journal';
import type { HeldIdentity } from '../../application/held-identity.js';
import { tokens } from '../../domain/tokens.js';
import { phonetic } from '../phonetic.js';

export interface KeyedToken {
  kind: string;
  token: Buffer;
}

/** Twelve bytes tell a hundred million tokens apart, and a candidate is compared after decryption anyway. */
const TOKEN_BYTES = 12;

/** What each kind of token says for a candidate, in the proportions of the score. */
const weights: Readonly<Record<string, number>> = { nhs: 60, born: 30, surname: 20, sound: 12, postcode: 12, prefix: 5, sector: 5, year: 5 };

export const weightOf = (kind: string): number => weights[kind] ?? 1;

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
}

export type TokensOf = (identity: HeldIdentity) => KeyedToken[];

/** Each distinct one is made once: surnames, years and places come again and again. */
function tokensUnder(key: KeyObject): TokensOf {
  const made = new Map<string, KeyedToken>();
  const make = (plain: string): KeyedToken => {
    const found = made.get(plain) ?? { kind: plain.slice(0, plain.indexOf(':')), token: createHmac('sha256', key).update(plain).digest().subarray(0, TOKEN_BYTES) };
    made.set(plain, found);
    return found;
  };
  return (identity) => tokens(identity, phonetic).map(make);
}
