import { hkdfSync, randomBytes } from 'node:crypto';

/** Crockford's: no letter that is read as a digit. 32 of them, so a byte comes to each as often. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 130 bits. */
const secretLength = 26;
/** So that a slip of the pen is told from a code that opens nothing. */
const checkLength = 2;

/** With the letters that check the others. */
export const codeLength = secretLength + checkLength;

const derived = (from: string, what: string, length: number): Buffer => Buffer.from(hkdfSync('sha256', from, '', `caseward draft ${what}`, length));

const inLetters = (bytes: Buffer): string => [...bytes].map((byte) => letters[byte % letters.length]).join('');

const withCheck = (first: string): string => `${first}${inLetters(derived(first, 'check', checkLength))}`;

/** What a browser holds of the draft that is open in it. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The return code of a draft (130 bits, and two letters that check them): follows from the browser's secret, which does not follow from it. */
export const codeOf = (secret: string): string => withCheck(inLetters(derived(secret, 'code', secretLength)));

/** A return code as people write, type and read it out. */
export const codeInGroups = (code: string): string => code.match(/.{4}/g)!.join('-');

/** Reads what was typed, however it is spaced and whatever looks alike; what can be no code: undefined. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return withCheck(code.slice(0, secretLength)) === code && [...code].every((letter) => letters.includes(letter)) ? code : undefined;
}

/** Under which id a draft lies, and under which key: neither can be had without its code. */
export const placeOf = (code: string): { id: Buffer; key: Buffer } => ({ id: derived(code, 'id', 32), key: derived(code, 'key', 32) });

/** By which a page of the form says which draft it was about. Leads to nothing else. */
export const tagOf = (secret: string): string => derived(secret, 'tag', 9).toString('base64url');
