import { z } from 'zod';
import { givenDay, givenTime, mustHaveCome } from './given.js';

describe('a time that somebody gives', () => {
  it.each([
    ['2025-07-31T10:30:00+01:00', '2025-07-31T09:30:00.000000Z'],
    ['2025-07-31T09:30:00.1234567Z', '2025-07-31T09:30:00.123456Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
  ])('%s is read as an instant', (text, read) => expect(givenTime.parse(text)).toBe(read));

  it.each([
    '0000-06-01T09:00:00Z', '0001-01-01T00:30:00+01:00', '9999-12-31T23:30:00-01:00', '2025-07-31T09:30:00+24:00', '2025-07-31T09:30:00.1234567890Z',
    '2025-02-29T09:30:00Z', '2025-07-31', 'yesterday', '', 5, null,
  ])('%j is refused, and nothing is thrown', (text) => expect(givenTime.safeParse(text).success).toBe(false));

  it('can be told as a JSON schema', () => expect(z.toJSONSchema(givenTime)).toMatchObject({ type: 'string', format: 'date-time' }));
});

describe('a day that somebody gives', () => {
  it.each(['0001-01-01', '2024-02-29', '9999-12-31'])('%s is taken', (text) => expect(givenDay.parse(text)).toBe(text));
  it.each(['0000-01-01', '2025-02-29', '10000-01-01', '2025-7-1', ''])('%s is refused', (text) => expect(givenDay.safeParse(text).success).toBe(false));
});

describe('a day as of whose end something is asked', () => {
  const now = '2026-07-31T23:30:00.000000Z';
  it.each(['2026-08-01', '2026-07-31', '0001-01-01'])('%s has come in London', (day) => expect(() => mustHaveCome(day, now)).not.toThrow());
  it.each(['2026-08-02', '2027-01-01'])('%s is refused', (day) => expect(() => mustHaveCome(day, now)).toThrow('as_of: must not be later than today, 2026-08-01'));
});
