import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { bankHolidays, bankHolidaySource } from './bank-holidays.js';
import { bothReadings, type Clock, dueAt, getClock } from './clock.js';
import { addDays } from './day.js';
import { instant } from './instant.js';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days.js';

const days = fc.integer({ min: 0, max: 365 * 13 }).map((number) => addDays('2015-06-01', number));
const closures = fc.array(days, { maxLength: 40 }).map((list) => new Set(list));
const counts = fc.integer({ min: 0, max: 60 });
const moments = fc.integer({ min: Date.UTC(2015, 5, 1), max: Date.UTC(2028, 5, 1) }).map((ms) => instant(ms));
const clocks = fc
  .record({ length: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom('hours', 'calendar_days', 'working_days') })
  .map((part) => ({ code: 'any', version: 1, source: 'configuration', effectiveFrom: '2015-01-01', ...part }) as Clock);

const clock = (length: number, unit: Clock['unit']): Clock => ({ code: 'triage', version: 1, source: 'configuration', effectiveFrom: '2020-01-01', length, unit });

describe('bank holidays in England and Wales', () => {
  it('are those of the Act but for the days that a proclamation moved or gave', () => {
    const given = ['2022-06-03', '2022-09-19', '2023-05-08'];
    const moved = new Map([['2020-05-04', '2020-05-08'], ['2022-05-30', '2022-06-02']]);
    const expected = range(2015, 2028).flatMap(byTheAct).map((day) => moved.get(day) ?? day);
    expect([...bankHolidays].toSorted()).toEqual([...expected, ...given].toSorted());
  });
  it('say from where and for which years they are known', () => {
    expect([...bankHolidays].every((day) => day >= bankHolidaySource.from && day <= bankHolidaySource.to)).toBe(true);
  });
});

describe('working days', () => {
  it('leave out weekends, bank holidays and the days a council is closed', () => {
    expect(isWorkingDay('2025-12-24')).toBe(true);
    expect(isWorkingDay('2025-12-24', new Set(['2025-12-24']))).toBe(false);
    expect(isWorkingDay('2025-12-25')).toBe(false);
    expect(isWorkingDay('2025-12-27')).toBe(false);
    expect(isWorkingDay('2022-09-19')).toBe(false);
  });
  it('are counted after the day they start from', () => {
    expect(addWorkingDays('2025-12-24', 1)).toBe('2025-12-29');
    expect(addWorkingDays('2025-12-24', 0)).toBe('2025-12-24');
    expect(addWorkingDays('2025-12-24', 3, new Set(['2025-12-30']))).toBe('2026-01-02');
    expect(workingDaysBetween('2025-12-24', '2025-12-29')).toBe(1);
    expect(workingDaysBetween('2025-12-29', '2025-12-24')).toBe(-1);
    expect(() => addWorkingDays('2025-12-24', -1)).toThrow(RangeError);
  });
  it('between a day and a later one are as many as were added', () => {
    fc.assert(fc.property(days, counts, closures, (day, count, closed) => expect(workingDaysBetween(day, addWorkingDays(day, count, closed), closed)).toBe(count)));
  });
  it('end with the calendar', () => expect(addWorkingDays('9999-12-30', 10)).toBe('9999-12-31'));
});

describe('a deadline', () => {
  it('in hours passes over both changes of the clocks without a stop', () => {
    expect(dueAt(clock(24, 'hours'), '2025-03-29T12:00:00.000000Z')).toBe('2025-03-30T12:00:00.000000Z');
    expect(dueAt(clock(24, 'hours'), '2025-10-25T11:00:00.000000Z')).toBe('2025-10-26T11:00:00.000000Z');
  });
  it('in days lasts to the end of the London day, whichever side of a change of the clocks it lies', () => {
    expect(dueAt(clock(1, 'calendar_days'), '2025-03-29T12:00:00.000000Z')).toBe('2025-03-30T23:00:00.000000Z');
    expect(dueAt(clock(1, 'calendar_days'), '2025-10-25T12:00:00.000000Z')).toBe('2025-10-27T00:00:00.000000Z');
    expect(dueAt(clock(21, 'calendar_days'), '2025-07-31T23:30:00.000000Z')).toBe('2025-08-22T23:00:00.000000Z');
  });
  it('in working days skips the days on which nobody works', () => {
    expect(dueAt(clock(5, 'working_days'), '2025-12-23T10:00:00.000000Z')).toBe('2026-01-03T00:00:00.000000Z');
    expect(dueAt(clock(5, 'working_days'), '2025-12-23T10:00:00.000000Z', new Set(['2025-12-29']))).toBe('2026-01-06T00:00:00.000000Z');
  });
  it('can be read both ways where the source leaves it open', () => {
    const friday = '2025-07-25T09:00:00.000000Z';
    expect(bothReadings(clock(5, 'calendar_days'), friday)).toEqual({ elapsed: '2025-07-30T09:00:00.000000Z', working: '2025-08-01T23:00:00.000000Z' });
    expect(bothReadings(clock(24, 'hours'), friday)).toEqual({ elapsed: '2025-07-26T09:00:00.000000Z', working: '2025-07-28T23:00:00.000000Z' });
  });
  it('is never brought forward by one more day off', () => {
    fc.assert(
      fc.property(clocks, moments, closures, days, (any, from, closed, extra) => {
        expect(dueAt(any, from, new Set([...closed, extra])) >= dueAt(any, from, closed)).toBe(true);
      }),
    );
  });
  it('is never earlier for a later start or a longer clock, and never before the start', () => {
    fc.assert(
      fc.property(clocks, moments, moments, closures, (any, one, other, closed) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(dueAt(any, first, closed) <= dueAt(any, second, closed)).toBe(true);
        expect(dueAt({ ...any, length: any.length + 1 }, first, closed) > dueAt(any, first, closed)).toBe(true);
        expect(dueAt(any, first, closed) > first).toBe(true);
      }),
    );
  });
  it('is set by the version of the clock in force that day', () => {
    const versions = [clock(24, 'hours'), { ...clock(48, 'hours'), version: 2, effectiveFrom: '2025-04-01' }];
    expect(getClock(versions, 'triage', '2025-03-31').version).toBe(1);
    expect(getClock(versions, 'triage', '2025-04-01').version).toBe(2);
    expect(() => getClock(versions, 'triage', '2019-12-31')).toThrow(RangeError);
  });
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The first Monday from a day on. */
const monday = (from: Temporal.PlainDate) => from.add({ days: (8 - from.dayOfWeek) % 7 });

/** Banking and Financial Dealings Act 1971, Schedule 1, and the days at common law, with the usual substitutes. */
function byTheAct(year: number): string[] {
  const easter = easterSunday(year);
  const date = (month: number, day: number) => Temporal.PlainDate.from({ year, month, day });
  const christmas: Record<number, number[]> = { 5: [25, 28], 6: [27, 28], 7: [26, 27] };
  const atChristmas = christmas[date(12, 25).dayOfWeek] ?? [25, 26];
  const newYear = date(1, 1).dayOfWeek < 6 ? date(1, 1) : monday(date(1, 1));
  return [newYear, easter.subtract({ days: 2 }), easter.add({ days: 1 }), monday(date(5, 1)), monday(date(5, 25)), monday(date(8, 25)), ...atChristmas.map((day) => date(12, day))].map(String);
}

/** The Gregorian reckoning of Meeus, Jones and Butcher. */
function easterSunday(year: number): Temporal.PlainDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
}
