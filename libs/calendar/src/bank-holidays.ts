import type { Day } from './civil.js';

/** Where the list comes from and which years it covers. Outside them only weekends are known not to be working days. */
export const bankHolidaySource = {
  source: 'Bank holidays in England and Wales, https://www.gov.uk/bank-holidays (Banking and Financial Dealings Act 1971, Schedule 1, and royal proclamations)',
  takenOn: '2026-11-22',
  from: '2015-01-01',
  to: '2028-12-31',
} as const;

/** Days given in place of one that falls on a weekend are listed; the weekend day itself is not. Of 2026 and later they are what the Act gives; a proclamation may still add one. */
const byYear: Record<number, string> = {
  2015: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2016: '01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27',
  2017: '01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  2018: '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  2019: '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  // The early May holiday moved to the 75th anniversary of VE Day.
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  // The spring holiday moved to 2 June; Platinum Jubilee on 3 June; state funeral of Queen Elizabeth II on 19 September.
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  // Coronation of King Charles III on 8 May.
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
};

/** Every bank holiday in England and Wales of the years that the list covers. */
export const bankHolidays: ReadonlySet<Day> = new Set(
  Object.entries(byYear).flatMap(([year, days]) => days.split(' ').map((day) => `${year}-${day}`)),
);
