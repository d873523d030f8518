export { bankHolidays, bankHolidaySource } from './bank-holidays.js';
export type { Day, Instant } from './civil.js';
export { bothReadings, type Clock, dueAt, getClock, type Readings } from './clock.js';
export {
  addDays,
  addYears,
  type AgeBand,
  ageBand,
  ageOn,
  daysBetween,
  financialYear,
  type Month,
  monthEnd,
  monthOf,
  months,
} from './day.js';
export { addHours, addSeconds, elapsedDays, elapsedMicros, instant } from './instant.js';
export { endOfDay, londonDay, startOfDay } from './london.js';
export { readDate, readTime, type ReadTime } from './reading.js';
export { addWorkingDays, type Closures, isWorkingDay, workingDaysBetween } from './working-days.js';
