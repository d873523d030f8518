import { readHeld, writeHeld } from './held.js';
import { codeInGroups, codeOf, newSecret, placeOf, readCode, tagOf } from './secret.js';

describe('a return code', () => {
  const secret = newSecret();
  const code = codeOf(secret);
  it('follows from the secret of a browser, always the same', () => expect([code, codeOf(newSecret()) === code]).toEqual([codeOf(secret), false]));
  it('ASVS 5.0 V11.5.1: has 128 bits or more, besides what checks it', () => expect((code.length - 2) * 5).toBeGreaterThanOrEqual(128));
  it('can be read out: in groups of four, of letters and digits that nobody mistakes', () => expect(codeInGroups(code)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/));
  it('is read however it was typed', () => {
    for (const typed of [codeInGroups(code), code.toLowerCase(), ` ${codeInGroups(code).replaceAll('-', ' ')}`, code.replaceAll('0', 'O').replaceAll('1', 'l')]) expect(readCode(typed)).toBe(code);
  });
  it('is told from one that was mistyped', () => {
    const other = code.startsWith('A') ? 'B' : 'A';
    for (const typed of [`${other}${code.slice(1)}`, `${code.slice(0, -1)}${code.endsWith(other) ? 'C' : other}`]) expect(readCode(typed)).toBeUndefined();
  });
  it.each(['', 'short', 'U'.repeat(28), '0'.repeat(29)])('is not read from %j', (typed) => expect(readCode(typed)).toBeUndefined());
  it('leads to a place and a key that do not tell of each other', () => {
    const { id, key } = placeOf(code);
    expect([id.length, key.length, id.equals(key)]).toEqual([32, 32, false]);
  });
});

describe('what a browser holds', () => {
  const secret = newSecret();
  const code = codeOf(newSecret());
  it('is what it was given, and nothing else', () => {
    expect(readHeld(secret)).toEqual({ secret });
    for (const none of [undefined, '', 'x', `${secret}=`, `${secret}.`, `${secret}.${code}`]) expect(readHeld(none)).toBeUndefined();
  });
  it('has for a while the code that was typed there, and when', () => {
    const held = { secret, opening: { code, at: 1_782_896_400_000 } };
    expect(readHeld(writeHeld(held))).toEqual(held);
    expect(readHeld(writeHeld({ secret, opening: { code: `${code.slice(0, -1)}U`, at: 1 } }))).toEqual({ secret });
  });
  it('tells a page which draft it is about, and nothing that opens it', () => expect([tagOf(secret) === tagOf(newSecret()), tagOf(secret).length]).toEqual([false, 12]));
});
