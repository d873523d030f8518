/** A London calendar day, `YYYY-MM-DD`, from 0001-01-01 to 9999-12-31. */
export type Day = string;
/** A moment in UTC with exactly six fraction digits, `2025-07-31T09:30:00.000000Z`: the order of the texts is the order in time. */
export type Instant = string;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const FIRST_DAY: Day = '0001-01-01';
export const LAST_DAY: Day = '9999-12-31';
export const FIRST_INSTANT: Instant = '0001-01-01T00:00:00.000000Z';
export const LAST_INSTANT: Instant = '9999-12-31T23:59:59.999999Z';

const MONTH_LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_PER_400_YEARS = 146_097;
/** Days from 0000-03-01, where the reckoning starts, to 1970-01-01. */
const EPOCH_SHIFT = 719_468;

/** The two digits that stand at `index`; the caller has checked that they are digits. */
export function two(text: string, index: number): number {
  return text.charCodeAt(index) * 10 + text.charCodeAt(index + 1) - 528;
}

/** The four digits of the year with which a day or instant begins. */
export function yearOf(text: string): number {
  return two(text, 0) * 100 + two(text, 2);
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month] ?? 0);
}

/** Whether a text that has the shape of a day begins with one that exists. */
export function isRealDay(text: string): boolean {
  const year = yearOf(text);
  const day = two(text, 8);
  return year > 0 && day > 0 && day <= monthLength(year, two(text, 5));
}

/** Days since 1970-01-01 of the day with which the text begins. Years run from March, so that a leap day comes last. */
export function dayNumber(text: string): number {
  const month = two(text, 5);
  const year = month > 2 ? yearOf(text) : yearOf(text) - 1;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + two(text, 8) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_400_YEARS + dayOfEra - EPOCH_SHIFT;
}

const FIRST_NUMBER = dayNumber(FIRST_DAY);
const LAST_NUMBER = dayNumber(LAST_DAY);

/** The day so many days after 1970-01-01. The calendar ends at its first and last day: what lies beyond is held as that. */
export function dayText(number: number): Day {
  if (number <= FIRST_NUMBER) return FIRST_DAY;
  if (number >= LAST_NUMBER) return LAST_DAY;
  const shifted = number + EPOCH_SHIFT;
  const era = Math.floor(shifted / DAYS_PER_400_YEARS);
  const dayOfEra = shifted - era * DAYS_PER_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${fourDigits(year)}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** Milliseconds since 1970 of a text that begins `YYYY-MM-DD?HH:MM:SS`, read as UTC; seconds are taken as 0 where there are none. */
export function millisOfClock(text: string, hasSeconds: boolean): number {
  const seconds = two(text, 11) * 3600 + two(text, 14) * 60 + (hasSeconds ? two(text, 17) : 0);
  return dayNumber(text) * DAY_MS + seconds * 1000;
}

/** The instant of a whole second (in milliseconds) and its six fraction digits, held within the calendar. */
export function instantText(millis: number, fraction: string): Instant {
  const number = Math.floor(millis / DAY_MS);
  if (number < FIRST_NUMBER) return FIRST_INSTANT;
  if (number > LAST_NUMBER) return LAST_INSTANT;
  const seconds = Math.floor((millis - number * DAY_MS) / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
  return `${dayText(number)}T${clock}.${fraction}Z`;
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

function twoDigits(value: number): string {
  return TWO_DIGITS[value] ?? '';
}

function fourDigits(value: number): string {
  return twoDigits(Math.floor(value / 100)) + twoDigits(value % 100);
}
