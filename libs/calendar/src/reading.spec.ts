import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { readDate, readTime } from './reading.js';

const read = (at: string) => ({ at, occursTwice: false });

describe('reading a time', () => {
  it.each([
    ['2025-07-31T09:30Z', '2025-07-31T09:30:00.000000Z'],
    ['2025-07-31 09:30Z', '2025-07-31T09:30:00.000000Z'],
    ['2025-07-31T09:30:15Z', '2025-07-31T09:30:15.000000Z'],
    ['2025-07-31T09:30:15.1Z', '2025-07-31T09:30:15.100000Z'],
    ['2025-07-31T09:30:15.123456789Z', '2025-07-31T09:30:15.123456Z'],
    ['2025-07-31T09:30:15.999999999', '2025-07-31T08:30:15.999999Z'],
    ['2025-07-31T09:30+01:00', '2025-07-31T08:30:00.000000Z'],
    ['2025-07-31T09:30+0100', '2025-07-31T08:30:00.000000Z'],
    ['2025-07-31T09:30:00-0530', '2025-07-31T15:00:00.000000Z'],
    ['2025-07-31 09:30:00.5-00:00', '2025-07-31T09:30:00.500000Z'],
    ['2024-12-31T23:30-02:00', '2025-01-01T01:30:00.000000Z'],
    ['2024-03-01T00:30+01:00', '2024-02-29T23:30:00.000000Z'],
    ['2025-01-31T00:00', '2025-01-31T00:00:00.000000Z'],
    ['2025-01-31T23:59:59', '2025-01-31T23:59:59.000000Z'],
    ['2025-07-31T00:00', '2025-07-30T23:00:00.000000Z'],
    ['2025-07-31 11:30', '2025-07-31T10:30:00.000000Z'],
    ['2024-02-29T12:00', '2024-02-29T12:00:00.000000Z'],
  ])('takes %s as %s', (text, at) => expect(readTime(text)).toEqual(read(at)));

  it.each([
    '', ' ', '2025-07-31', '2025-07-31T', '2025-07-31T09', '2025-07-31T9:30', '2025-07-31T0930', '2025-07-31t09:30', '2025-07-31T09:30z',
    '2025-07-31  09:30', '2025-07-31_09:30', '2025-07-31\t09:30', '2025-07-31\u00A009:30', ' 2025-07-31T09:30', '2025-07-31T09:30 ', '2025-07-31T09:30\n',
    '2025-07-31T24:00', '2025-07-31T25:00', '2025-07-31T09:60', '2025-07-31T09:30:60', '2025-07-31T09:30:61', '2025-07-31T09:30:', '2025-07-31T09:30:5',
    '2025-07-31T09:30:15.', '2025-07-31T09:30:15.1234567890', '2025-07-31T09:30:15,5', '2025-07-31T09:30.5', '2025-07-31T09:30+1', '2025-07-31T09:30+01',
    '2025-07-31T09:30+01:0', '2025-07-31T09:30+24:00', '2025-07-31T09:30+01:60', '2025-07-31T09:30 +01:00', '2025-07-31T09:30+01:00:00', '2025-07-31T09:30ZZ',
    '2025-07-31T09:30Z+01:00', '2025-07-31T09:30−01:00', '2025-02-29T09:30', '2025-02-30T09:30Z', '2025-04-31T09:30', '2025-13-01T09:30', '2025-00-10T09:30',
    '2025-01-00T09:30', '2025-01-32T09:30', '1900-02-29T09:30', '0000-01-01T09:30', '25-07-31T09:30', '+2025-07-31T09:30', '-2025-07-31T09:30', '12025-07-31T09:30',
    '20250731T0930', '31/07/2025 09:30', '2025-7-31T09:30', '２０２５-07-31T09:30', '2025-W31-4T09:30', '2025-07-31T09:30[Europe/London]',
  ])('refuses %j', (text) => expect(readTime(text)).toBe('bad_value'));

  it.each(['2025-03-30T01:00', '2025-03-30 01:30', '2025-03-30T01:59:59.999999', '2024-03-31T01:00:00'])('finds no such time as %s in London', (text) =>
    expect(readTime(text)).toBe('no_such_time'));

  it('takes the minutes on either side of the hour that is skipped', () => {
    expect(readTime('2025-03-30T00:59:59.999999')).toEqual(read('2025-03-30T00:59:59.999999Z'));
    expect(readTime('2025-03-30T02:00')).toEqual(read('2025-03-30T01:00:00.000000Z'));
    expect(readTime('2025-03-30T01:30Z')).toEqual(read('2025-03-30T01:30:00.000000Z'));
  });

  it('takes the earlier of a time that was there twice, and says so', () => {
    expect(readTime('2025-10-26T01:00')).toEqual({ at: '2025-10-26T00:00:00.000000Z', occursTwice: true });
    expect(readTime('2025-10-26 01:59:59.999999')).toEqual({ at: '2025-10-26T00:59:59.999999Z', occursTwice: true });
    expect(readTime('2025-10-26T00:59:59')).toEqual(read('2025-10-25T23:59:59.000000Z'));
    expect(readTime('2025-10-26T02:00')).toEqual(read('2025-10-26T02:00:00.000000Z'));
    expect(readTime('2025-10-26T01:30+00:00')).toEqual(read('2025-10-26T01:30:00.000000Z'));
    expect(readTime('2025-10-26T01:30+01:00')).toEqual(read('2025-10-26T00:30:00.000000Z'));
  });

  it('holds what an offset pushes over the ends of the calendar at the ends', () => {
    expect(readTime('9999-12-31T23:59-01:00')).toEqual(read('9999-12-31T23:59:59.999999Z'));
    expect(readTime('0001-01-01T00:00+01:00')).toEqual(read('0001-01-01T00:00:00.000000Z'));
  });

  it('agrees with Temporal on every local time', () => {
    fc.assert(
      fc.property(localTime, (text) => {
        expect(readTime(text)).toEqual(byTemporal(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('agrees with Temporal on every offset', () => {
    const offset = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), fc.constantFrom(':', ''));
    fc.assert(
      fc.property(localTime, offset, (text, [sign, hours, minutes, colon]) => {
        const full = `${text}${sign}${pad(hours)}${colon}${pad(minutes)}`;
        const expected = Temporal.Instant.from(`${text}${sign}${pad(hours)}:${pad(minutes)}`).toString({ fractionalSecondDigits: 6, roundingMode: 'floor' });
        expect(readTime(full)).toEqual(read(expected));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('reading a date', () => {
  it.each(['2025-07-31', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('takes %s', (text) => expect(readDate(text)).toBe(text));
  it.each(['', '2025-02-29', '1900-02-29', '2025-06-31', '0000-01-01', '2025-7-31', '2025-07-31 ', '2025-07-31T00:00', '31/07/2025', '20250731', '2025-07-32', '2025-13-01'])(
    'refuses %j',
    (text) => expect(readDate(text)).toBeUndefined(),
  );
  it('takes a day exactly when it exists', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`;
        expect(readDate(text) !== undefined).toBe(exists(text));
      }),
      { numRuns: 3000 },
    );
  });
});

const pad = (value: number) => String(value).padStart(2, '0');

/** Local times, half of them near a change of the clocks, in the years of double summer time and standard time all year too. */
const anywhere = fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2199, 11, 31) });
const nearChange = fc
  .tuple(fc.integer({ min: 1916, max: 2099 }), fc.constantFrom(2, 3, 4, 7, 8, 9, 10), fc.integer({ min: 0, max: 31 * 24 * 60 - 1 }))
  .map(([year, month, minutes]) => Date.UTC(year, month, 1) + minutes * 60_000);
const exactChange = fc
  .tuple(fc.integer({ min: 1997, max: 2099 }), fc.constantFrom(3, 10), fc.integer({ min: -7_200_000, max: 7_200_000 }))
  .map(([year, month, around]) => {
    const last = new Date(Date.UTC(year, month, 0, 1));
    return last.getTime() - last.getUTCDay() * 86_400_000 + around;
  });
const localTime = fc
  .tuple(fc.oneof(anywhere, nearChange, exactChange), fc.integer({ min: 0, max: 999_999 }))
  .map(([ms, rest]) => `${new Date(ms).toISOString().slice(0, 19)}.${String(rest).padStart(6, '0')}`);

function byTemporal(text: string) {
  const wall = Temporal.PlainDateTime.from(text);
  const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) => wall.toZonedDateTime('Europe/London', { disambiguation }));
  if (earlier === undefined || later === undefined) throw new Error('unreachable');
  if (!earlier.toPlainDateTime().equals(wall)) return 'no_such_time';
  return { at: earlier.toInstant().toString({ fractionalSecondDigits: 6 }), occursTwice: !earlier.toInstant().equals(later.toInstant()) };
}

function exists(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}
