import { Temporal } from 'temporal-polyfill';
import type { Typed } from './typed.js';

/** The day somebody was born on, as it was typed; nothing typed: undefined. */
export function bornOn({ dob_day, dob_month, dob_year }: Pick<Typed, 'dob_day' | 'dob_month' | 'dob_year'>): string | undefined | 'wrong' {
  if (`${dob_day}${dob_month}${dob_year}` === '') return undefined;
  if (!/^\d{1,2} \d{1,2} \d{4}$/.test(`${dob_day} ${dob_month} ${dob_year}`)) return 'wrong';
  try {
    const date = { year: Number(dob_year), month: Number(dob_month), day: Number(dob_day) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return 'wrong';
  }
}
