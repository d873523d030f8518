const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** `2025-07-31` → `31 July 2025`. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${monthName(month)} ${year}`;
}

/** `2025-07` → `July 2025`. */
export function monthInWords(month: string): string {
  const [year, number] = month.split('-');
  return `${monthName(number)} ${year}`;
}

/** `2025-07` → `Jul 2025`. */
export function shortMonth(month: string): string {
  const [year, number] = month.split('-');
  return `${monthName(number).slice(0, 3)} ${year}`;
}

/** `2024-03-01/2025-02-28` → `March 2024 to February 2025`; a whole calendar year is its number. */
export function periodInWords(period: string, month: (month: string) => string = monthInWords): string {
  const [from = '', to = ''] = period.split('/');
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) return from.slice(0, 4);
  const [first, last] = [month(from.slice(0, 7)), month(to.slice(0, 7))];
  return from.slice(0, 4) === to.slice(0, 4) ? `${first.replace(/ \d{4}$/, '')} to ${last}` : `${first} to ${last}`;
}

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
});

/** An instant as London reads it: `31 July 2025, 9:30am`. */
export function timeInWords(instant: string): string {
  const parts = Object.fromEntries(london.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const noonOrMorning = String(parts['dayPeriod']).toLowerCase().replaceAll(/[^a-z]/g, '');
  return `${parts['day']} ${parts['month']} ${parts['year']}, ${parts['hour']}:${parts['minute']}${noonOrMorning}`;
}

/** The London day of an instant: `31 July 2025`. */
export function dayOf(instant: string): string {
  return timeInWords(instant).split(',')[0] ?? '';
}

const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'long' });

/** When something is due, as near as it has to be said: `Tuesday 24 November, 4:14pm`; the year where it is another than now. */
export const dueTimeInWords = (instant: string, now: string): string => `${weekdayIfNear(instant, now)}${withoutYearOf(now, timeInWords(instant))}`;

/** The last day on which something is in time that is due when that day is over: `Tuesday 24 November`. */
export function dueDayInWords(instant: string, now: string): string {
  const last = new Date(Date.parse(instant) - 1).toISOString();
  return `${weekdayIfNear(last, now)}${withoutYearOf(now, dayOf(last))}`;
}

const fortnightMs = 14 * 86_400_000;

const isNear = (instant: string, now: string): boolean => Math.abs(Date.parse(instant) - Date.parse(now)) < fortnightMs;

/** Which day of the week it was tells nobody anything once it is long ago. */
const weekdayIfNear = (instant: string, now: string): string => (isNear(instant, now) ? `${weekday.format(new Date(instant))} ` : '');

const withoutYearOf = (now: string, words: string): string => words.replace(` ${dayOf(now).split(' ').at(-1)}`, '');

/** The same in a row of a list: `Fri 3 Jul, 7:00pm`, and a day alone where that is far off. */
export const dueTimeInBrief = (instant: string, now: string): string => `${dayInBrief(instant, now)}${isNear(instant, now) ? `,${timeInWords(instant).split(',')[1]}` : ''}`;
export const dueDayInBrief = (instant: string, now: string): string => dayInBrief(new Date(Date.parse(instant) - 1).toISOString(), now);

const shortDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'short' });

function dayInBrief(instant: string, now: string): string {
  const [day, month, year] = dayOf(instant).split(' ');
  return `${isNear(instant, now) ? `${shortDay.format(new Date(instant))} ` : ''}${withoutYearOf(now, `${day} ${month!.slice(0, 3)} ${year}`)}`;
}

/** The two largest units of a length of time: `3 days 4 hours`, `25 minutes`. */
export function durationInWords(milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days > 0) return joined(count(days, 'day'), hours > 0 ? count(hours, 'hour') : '');
  if (hours > 0) return joined(count(hours, 'hour'), rest > 0 ? count(rest, 'minute') : '');
  return rest > 0 ? count(rest, 'minute') : 'less than a minute';
}

/** `1 concern`, `2 concerns`, `1,204 concerns`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${whole(number)} ${number === 1 ? one : many}`;
}

/** With a comma at the thousands: `6,585`. */
export function whole(number: number): string {
  return number.toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

/** To so many decimals, and no more certain than it is: `4.0`. */
export function decimal(number: number, places = 1): string {
  return number.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** A code as words, where no better ones are known: `own_home` → `own home`. */
export function codeInWords(code: string): string {
  return code.replaceAll('_', ' ');
}

/** `one`, `one and two`, `one, two and three`. */
export function listInWords(items: string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function monthName(number: string | undefined): string {
  const name = MONTHS[Number(number) - 1];
  if (!name) throw new RangeError('no such month');
  return name;
}

function joined(...words: string[]): string {
  return words.filter(Boolean).join(' ');
}
