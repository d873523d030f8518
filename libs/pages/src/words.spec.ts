import { count, dayInWords, dayOf, durationInWords, listInWords, monthInWords, periodInWords, shortMonth, timeInWords } from './words.js';

describe('times in words', () => {
  it('name days and months', () => {
    expect(dayInWords('2025-07-01')).toBe('1 July 2025');
    expect(monthInWords('2023-01')).toBe('January 2023');
  });
  it('are those of London', () => {
    expect(timeInWords('2025-07-31T08:30:00.000000Z')).toBe('31 July 2025, 9:30am');
    expect(timeInWords('2025-01-31T23:59:59.999999Z')).toBe('31 January 2025, 11:59pm');
    expect(dayOf('2025-07-31T23:30:00.000000Z')).toBe('1 August 2025');
  });
  it('name a period by its months, and a calendar year by its number', () => {
    expect(periodInWords('2024-03-01/2025-02-28')).toBe('March 2024 to February 2025');
    expect(periodInWords('2025-03-01/2025-07-31', shortMonth)).toBe('Mar to Jul 2025');
    expect(periodInWords('2023-01-01/2023-12-31')).toBe('2023');
  });
});

describe('a length of time', () => {
  const minute = 60_000;
  it.each([
    [0, 'less than a minute'],
    [25 * minute, '25 minutes'],
    [61 * minute, '1 hour 1 minute'],
    [76 * 60 * minute, '3 days 4 hours'],
    [-48 * 60 * minute, '2 days'],
  ])('of %d milliseconds is %s', (milliseconds, words) => expect(durationInWords(milliseconds)).toBe(words));
});

it('counts things', () => expect([count(1, 'concern'), count(1204, 'enquiry', 'enquiries')]).toEqual(['1 concern', '1,204 enquiries']));
it('lists things', () => expect([listInWords([]), listInWords(['a']), listInWords(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']));
