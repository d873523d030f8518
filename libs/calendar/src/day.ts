import { type Day, dayNumber, dayText, FIRST_DAY, isLeapYear, LAST_DAY, monthLength, two, yearOf } from './civil.js';

/** A calendar month, `YYYY-MM`. */
export type Month = string;

export type AgeBand = '18-64' | '65-74' | '75-84' | '85-94' | '95+' | 'not_known';

/** The day so many days later, or earlier. */
export function addDays(day: Day, days: number): Day {
  return dayText(dayNumber(day) + days);
}

/** Whole days from one day to another; negative when it comes first. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The same day so many years later, or earlier; 29 February becomes the 28th where the year has none. */
export function addYears(day: Day, years: number): Day {
  const year = yearOf(day) + years;
  if (year > 9999) return LAST_DAY;
  if (year < 1) return FIRST_DAY;
  const rest = day.endsWith('-02-29') && !isLeapYear(year) ? '-02-28' : day.slice(4);
  return String(year).padStart(4, '0') + rest;
}

/** The month in which a day lies. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** The last day of a month, or of the month in which a day lies. */
export function monthEnd(month: Month | Day): Day {
  return `${month.slice(0, 7)}-${monthLength(yearOf(month), two(month, 5))}`;
}

/** Every month from that of one day to that of another, both included. */
export function months(from: Day | Month, to: Day | Month): Month[] {
  const all: Month[] = [];
  const last = to.slice(0, 7);
  for (let month = from.slice(0, 7); month <= last; month = monthOf(addDays(monthEnd(month), 1))) {
    all.push(month);
    if (month === monthOf(LAST_DAY)) break;
  }
  return all;
}

/** The financial year of a day, `2023-24`: it begins on 1 April. */
export function financialYear(day: Day): string {
  const year = day.slice(5, 7) >= '04' ? yearOf(day) : yearOf(day) - 1;
  return `${String(year).padStart(4, '0')}-${String((year + 1) % 100).padStart(2, '0')}`;
}

/** Completed years of age on a day; negative before birth. Born on 29 February, a person is a year older on 1 March of a year without one. */
export function ageOn(dateOfBirth: Day, on: Day): number {
  const years = yearOf(on) - yearOf(dateOfBirth);
  return on.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}

/** The band in which an age is published. Under 18 has none of its own: the duties are to adults. */
export function ageBand(age: number | undefined): AgeBand {
  if (age === undefined || age < 18) return 'not_known';
  if (age < 65) return '18-64';
  if (age < 75) return '65-74';
  if (age < 85) return '75-84';
  return age < 95 ? '85-94' : '95+';
}
