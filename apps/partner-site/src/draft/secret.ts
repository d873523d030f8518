import { hkdfSync, randomBytes } from 'node:crypto';

/** Crockford's: no letter that is read as a digit. 32 of them, so a byte comes to each as often. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 20;

const derived = (from: string, what: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', from, '', `caseward draft ${what}`, length));

/** What a browser holds of the draft that is open in it. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A secret as a cookie gives it back; what is none: undefined. */
export const readSecret = (kept: string | undefined): string | undefined => (/^[\w-]{43}$/.test(kept ?? '') ? kept : undefined);

/** The return code of a draft (100 bits): follows from the browser's secret, which does not follow from it. */
export const codeOf = (secret: string): string => [...derived(secret, 'code', codeLength)].map((byte) => letters[byte % letters.length]).join('');

/** A return code as people write and type it. */
export const codeInGroups = (code: string): string => code.match(/.{4}/g)!.join('-');

/** Reads what was typed, however it is spaced and whatever looks alike; what can be no code: undefined. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === codeLength && [...code].every((letter) => letters.includes(letter)) ? code : undefined;
}

/** Under which id a draft lies, and under which key: neither can be had without its code. */
export const placeOf = (code: string): { id: Buffer; key: Buffer } => ({ id: derived(code, 'id', 32), key: derived(code, 'key', 32) });
