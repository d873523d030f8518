import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { addDays, addYears, ageBand, ageOn, daysBetween, financialYear, monthEnd, months } from './day.js';

const days = fc.integer({ min: -60_000, max: 80_000 }).map((number) => Temporal.PlainDate.from('1970-01-01').add({ days: number }).toString());

describe('days', () => {
  it('are counted as Temporal counts them', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: -40_000, max: 40_000 }), (from, to, count) => {
        const start = Temporal.PlainDate.from(from);
        expect(addDays(from, count)).toBe(start.add({ days: count }).toString());
        expect(daysBetween(from, to)).toBe(start.until(to, { largestUnit: 'days' }).days);
        expect(addYears(from, count % 150)).toBe(start.add({ years: count % 150 }).toString());
      }),
      { numRuns: 2000 },
    );
  });
  it('a year on from 29 February is 28 February', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(addYears('2023-02-28', 1)).toBe('2024-02-28');
  });
  it('end with the calendar', () => {
    expect(addYears('9999-06-01', 1)).toBe('9999-12-31');
    expect(addYears('0001-06-01', -1)).toBe('0001-01-01');
    expect(addDays('0001-01-01', -1)).toBe('0001-01-01');
  });
});

describe('months and financial years', () => {
  it('a month ends on its last day', () => {
    expect(monthEnd('2024-02')).toBe('2024-02-29');
    expect(monthEnd('2023-02-11')).toBe('2023-02-28');
    expect(monthEnd('2023-12')).toBe('2023-12-31');
  });
  it('runs of months include both ends', () => {
    expect(months('2023-11-30', '2024-02-01')).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
    expect(months('2024-02-01', '2024-01-31')).toEqual([]);
    expect(months('9999-12-01', '9999-12-31')).toEqual(['9999-12']);
  });
  it('a financial year begins on 1 April', () => {
    expect(financialYear('2024-03-31')).toBe('2023-24');
    expect(financialYear('2024-04-01')).toBe('2024-25');
    expect(financialYear('1999-04-01')).toBe('1999-00');
  });
});

describe('ages', () => {
  it('grow on the birthday', () => {
    expect(ageOn('2000-06-15', '2018-06-14')).toBe(17);
    expect(ageOn('2000-06-15', '2018-06-15')).toBe(18);
  });
  it('a person born on 29 February is of age on 1 March', () => {
    expect(ageOn('2004-02-29', '2022-02-28')).toBe(17);
    expect(ageOn('2004-02-29', '2022-03-01')).toBe(18);
    expect(ageOn('2004-02-29', '2024-02-29')).toBe(20);
  });
  it('are negative before birth', () => expect(ageOn('2020-01-02', '2020-01-01')).toBe(-1));
  it.each([
    [undefined, 'not_known'], [-1, 'not_known'], [17, 'not_known'], [18, '18-64'], [64, '18-64'], [65, '65-74'],
    [75, '75-84'], [84, '75-84'], [85, '85-94'], [94, '85-94'], [95, '95+'], [119, '95+'],
  ])('%p is in the band %s', (age, band) => expect(ageBand(age)).toBe(band));
});
