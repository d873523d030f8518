import { bankHolidays } from './bank-holidays.js';
import { type Day, dayNumber, dayText, LAST_DAY } from './civil.js';

/** Days on which a council is closed besides weekends and bank holidays. */
export type Closures = ReadonlySet<Day>;

const none: Closures = new Set();

/** Whether people are at work on the day: no weekend, no bank holiday in England and Wales, no closure of the council. */
export function isWorkingDay(day: Day, closures: Closures = none): boolean {
  return !isWeekend(dayNumber(day)) && !bankHolidays.has(day) && !closures.has(day);
}

/** The so-manieth working day after a day; with 0 the day itself. */
export function addWorkingDays(day: Day, count: number, closures: Closures = none): Day {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('working days are counted forwards, in whole days');
  const last = dayNumber(LAST_DAY);
  let number = dayNumber(day);
  for (let left = count; left > 0 && number < last; ) {
    number += 1;
    if (isWorkingDay(dayText(number), closures)) left -= 1;
  }
  return dayText(number);
}

/** Working days after the first day, up to and including the second; negative when the second comes first. */
export function workingDaysBetween(from: Day, to: Day, closures: Closures = none): number {
  if (to < from) return -workingDaysBetween(to, from, closures);
  let count = 0;
  const end = dayNumber(to);
  for (let number = dayNumber(from) + 1; number <= end; number += 1) {
    if (isWorkingDay(dayText(number), closures)) count += 1;
  }
  return count;
}

/** 1970-01-01 was a Thursday. */
function isWeekend(number: number): boolean {
  const weekday = (((number + 3) % 7) + 7) % 7;
  return weekday >= 5;
}
