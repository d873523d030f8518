import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays } from './day.js';
import { addHours, elapsedDays, elapsedMicros, instant } from './instant.js';
import { endOfDay, londonDay, startOfDay } from './london.js';

const moments = fc
  .oneof(
    fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2199, 11, 31) }),
    fc.integer({ min: Date.UTC(1939, 0, 1), max: Date.UTC(1973, 0, 1) }),
    fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) }),
  )
  .map((ms) => instant(ms));

const zoned = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO('Europe/London');

describe('a day in London', () => {
  it('begins and ends an hour early in UTC in summer', () => {
    expect(startOfDay('2025-07-31')).toBe('2025-07-30T23:00:00.000000Z');
    expect(endOfDay('2025-07-31')).toBe('2025-07-31T23:00:00.000000Z');
    expect(startOfDay('2025-01-31')).toBe('2025-01-31T00:00:00.000000Z');
  });
  it('has 23 hours in March and 25 in October when the clocks change', () => {
    expect(elapsedDays(startOfDay('2025-03-30'), endOfDay('2025-03-30'))).toBe(23 / 24);
    expect(elapsedDays(startOfDay('2025-10-26'), endOfDay('2025-10-26'))).toBe(25 / 24);
  });
  it('is the next one late on a summer evening in UTC', () => {
    expect(londonDay('2025-07-31T22:59:59.999999Z')).toBe('2025-07-31');
    expect(londonDay('2025-07-31T23:00:00.000000Z')).toBe('2025-08-01');
    expect(londonDay('2025-01-31T23:00:00.000000Z')).toBe('2025-01-31');
    expect(londonDay('1941-07-01T22:00:00.000000Z')).toBe('1941-07-02');
  });
  it('agrees with Temporal', () => {
    fc.assert(fc.property(moments, (at) => expect(londonDay(at)).toBe(zoned(at).toPlainDate().toString())), { numRuns: 5000 });
    fc.assert(
      fc.property(moments, (at) => {
        const start = zoned(at).startOfDay();
        expect(startOfDay(londonDay(at))).toBe(instant(start.toInstant()));
        expect(endOfDay(londonDay(at))).toBe(instant(start.add({ days: 1 }).startOfDay().toInstant()));
      }),
      { numRuns: 2000 },
    );
  });
  it('ends where the calendar ends', () => {
    expect(endOfDay('9999-12-31')).toBe('9999-12-31T23:59:59.999999Z');
    expect(startOfDay('0001-01-01')).toBe('0001-01-01T00:00:00.000000Z');
    expect(londonDay('0001-01-01T00:00:00.000000Z')).toBe('0001-01-01');
    expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
  });
});

describe('an instant', () => {
  it.each([
    ['2025-07-31T09:30:00.000000Z', '2025-07-31T09:30:00.000000Z'],
    ['2025-07-31T09:30Z', '2025-07-31T09:30:00.000000Z'],
    ['2025-07-31 10:30:00.123456+01', '2025-07-31T09:30:00.123456Z'],
    ['2025-07-31T10:30:00.1234569+01:00', '2025-07-31T09:30:00.123456Z'],
    ['1960-01-01T00:00:00.0000009Z', '1960-01-01T00:00:00.000000Z'],
  ])('has one text: %s is %s', (text, expected) => expect(instant(text)).toBe(expected));
  it('comes from a Date, milliseconds or Temporal too', () => {
    const expected = '2025-07-31T09:30:00.250000Z';
    expect(instant(new Date('2025-07-31T09:30:00.250Z'))).toBe(expected);
    expect(instant(Date.parse('2025-07-31T09:30:00.250Z'))).toBe(expected);
    expect(instant(Temporal.Instant.from('2025-07-31T09:30:00.25Z'))).toBe(expected);
  });
  it.each(['', 'now', '2025-07-31', '2025-07-31T09:30', '2025-02-30T00:00:00.000000Z', '+010000-01-01T00:00Z', '0000-01-01T00:00Z', Number.NaN, new Date('x')])(
    'is not %p',
    (value) => expect(() => instant(value)).toThrow(RangeError),
  );
  it('measures what elapsed to the microsecond', () => {
    expect(elapsedMicros('2025-03-30T00:59:59.999999Z', '2025-03-30T01:00:00.000001Z')).toBe(2);
    expect(elapsedMicros('2025-03-30T01:00:00.000000Z', '2025-03-30T00:59:59.999999Z')).toBe(-1);
    expect(elapsedDays('2025-01-01T00:00:00.000000Z', '2025-01-06T00:00:00.000000Z')).toBe(5);
  });
  it('agrees with Temporal on what elapsed and on hours added', () => {
    fc.assert(
      fc.property(moments, moments, fc.integer({ min: -100_000, max: 100_000 }), (from, to, hours) => {
        const micros = (Temporal.Instant.from(to).epochNanoseconds - Temporal.Instant.from(from).epochNanoseconds) / 1000n;
        expect(elapsedMicros(from, to)).toBe(Number(micros));
        expect(addHours(from, hours)).toBe(instant(Temporal.Instant.from(from).add({ hours })));
      }),
      { numRuns: 2000 },
    );
  });
});
