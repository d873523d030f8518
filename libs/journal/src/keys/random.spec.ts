import { randomBytes } from './random.js';

describe('random bytes', () => {
  it('are as many as were asked for, and given once', () => {
    const given = Array.from({ length: 1_000 }, (_, at) => randomBytes(at % 2 === 0 ? 12 : 32));
    expect(given.map(({ length }) => length)).toEqual(given.map((_, at) => (at % 2 === 0 ? 12 : 32)));
    expect(new Set(given.map((bytes) => bytes.toString('hex', 0, 12))).size).toBe(given.length);
  });

  it('stay what they were when others are given', () => {
    const bytes = randomBytes(32);
    const kept = bytes.toString('hex');
    for (let at = 0; at < 300; at += 1) randomBytes(32);
    expect(bytes.toString('hex')).toBe(kept);
  });

  it('are refused where they are more than are drawn at once', () => expect(() => randomBytes(4_097)).toThrow(RangeError));
});
