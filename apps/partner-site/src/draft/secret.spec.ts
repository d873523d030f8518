import { codeInGroups, codeOf, newSecret, placeOf, readCode, readSecret } from './secret.js';

describe('a return code', () => {
  const secret = newSecret();
  const code = codeOf(secret);
  it('follows from the secret of a browser, always the same', () => expect([code, codeOf(newSecret()) === code]).toEqual([codeOf(secret), false]));
  it('is read however it was typed', () => {
    for (const typed of [codeInGroups(code), code.toLowerCase(), ` ${codeInGroups(code).replaceAll('-', ' ')}`]) expect(readCode(typed)).toBe(code);
    expect(readCode('OIL0-0000-0000-0000-0000')).toBe(`011${'0'.repeat(17)}`);
  });
  it.each(['', 'short', 'U'.repeat(20), '0'.repeat(21)])('is not read from %j', (typed) => expect(readCode(typed)).toBeUndefined());
  it('leads to a place and a key that do not tell of each other', () => {
    const { id, key } = placeOf(code);
    expect([id.length, key.length, id.equals(key)]).toEqual([32, 32, false]);
  });
});

it('a secret is what a browser was given, and nothing else', () => {
  const secret = newSecret();
  expect([readSecret(secret), readSecret(undefined), readSecret('x'), readSecret(`${secret}=`)]).toEqual([secret, undefined, undefined, undefined]);
});
