import { Temporal } from 'temporal-polyfill';
import type { Typed } from './typed.js';

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** A month as its number, whether it was typed so or by its name, whole or cut short; undefined where it is none. */
function monthIn(typed: string): number | undefined {
  if (/^\d{1,2}$/.test(typed)) return Number(typed);
  const name = typed.toLowerCase().replace(/\.$/, '');
  const at = name.length < 3 ? -1 : months.findIndex((month) => month.startsWith(name) || (month === 'september' && name === 'sept'));
  return at === -1 ? undefined : at + 1;
}

/** The day somebody was born on, as it was typed; nothing typed: undefined. */
export function bornOn({ dob_day, dob_month, dob_year }: Pick<Typed, 'dob_day' | 'dob_month' | 'dob_year'>): string | undefined | 'wrong' {
  if (`${dob_day}${dob_month}${dob_year}` === '') return undefined;
  const month = monthIn(dob_month);
  if (month === undefined || !/^\d{1,2} \d{4}$/.test(`${dob_day} ${dob_year}`)) return 'wrong';
  try {
    const date = { year: Number(dob_year), month, day: Number(dob_day) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return 'wrong';
  }
}
