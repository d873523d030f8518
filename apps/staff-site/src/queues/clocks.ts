import { dueDayInBrief, dueDayInWords, dueTimeInBrief, dueTimeInWords, durationInWords } from '#libs/pages';
import type { Clock } from './shapes.js';

/** A clock as a page shows it: a shape and words, so that colour is not needed; in quiet words below, when each of its readings is due. */
export interface ClockInWords {
  state: Clock['state'];
  words: string;
  /** When it is due by the clock and counted in working days; undefined where both are late by the same. */
  also?: string | undefined;
}

/** The same for the row of a list: below, both readings in few words, a day where it is far off and the time where it is near. */
export function clockInBrief(clocks: readonly Clock[], code: Clock['code'], asOf: string): ClockInWords | undefined {
  const whole = clockInWords(clocks, code, asOf);
  const readings = clocks.filter((clock) => clock.code === code).toSorted((one, other) => orderOf(one) - orderOf(other));
  return whole?.also === undefined ? whole : { ...whole, also: readings.map((clock) => inBrief(clock, asOf)).join('; ').replace(yearTwice, '$2') };
}

/** The year of both is said once. */
const yearTwice = /( \d{4})(;.*\1)$/;
const briefly = { elapsed: 'clock', working: 'working days' } as const;

function inBrief({ reading, dueAt, state }: Clock, asOf: string): string {
  if (state === 'met') return `${briefly[reading]}: met`;
  return `${briefly[reading]}: ${reading === 'elapsed' ? dueTimeInBrief(dueAt, asOf) : dueDayInBrief(dueAt, asOf)}`;
}

/** One clock, seen from a moment: the time that the reading which is due first leaves, and when each is due; undefined where there is none. */
export function clockInWords(clocks: readonly Clock[], code: Clock['code'], asOf: string): ClockInWords | undefined {
  const readings = clocks.filter((clock) => clock.code === code).toSorted((one, other) => orderOf(one) - orderOf(other));
  const [first, ...others] = readings.map((clock) => ({ ...clock, words: wordsOf(clock, asOf) }));
  if (!first) return undefined;
  const differing = others.filter(({ words, dueAt }) => words !== first.words || (first.state === 'running' && dueAt !== first.dueAt));
  const also = others.length > 0 && differing.length === 0 ? undefined : [first, ...differing].map((clock, at) => dueInWords(clock, asOf, at > 0 && clock.state === first.state)).join(', ');
  return { state: first.state, words: first.words, also };
}

const readingWords = { elapsed: 'by the clock', working: 'in working days' } as const;

/** A moment and a day are said instead of two lengths of time: what is left until the end of a working day is more than the target itself. That it is or was due is said once. */
function dueInWords({ reading, dueAt, state }: Clock, asOf: string, isSaid: boolean): string {
  if (state === 'met') return `met ${readingWords[reading]}`;
  const due = isSaid ? '' : state === 'late' ? 'was due ' : 'due ';
  return `${due}${reading === 'elapsed' ? dueTimeInWords(dueAt, asOf) : `by the end of ${dueDayInWords(dueAt, asOf)}`} ${readingWords[reading]}`;
}

/** What is met counts last: nothing is due of it. */
const orderOf = ({ state, dueAt }: Clock): number => (state === 'met' ? Infinity : Date.parse(dueAt));

const dayMs = 86_400_000;
/** Once something is this late, the hours beside the days only take up room. */
const longMs = 3 * dayMs;

function wordsOf({ state, dueAt }: Clock, asOf: string): string {
  if (state === 'met') return 'met';
  const ms = Math.abs(Date.parse(dueAt) - Date.parse(asOf));
  if (state === 'running') return `${durationInWords(ms)} left`;
  return `late by ${durationInWords(ms < longMs ? ms : ms - (ms % dayMs))}`;
}
