import { durationInWords } from '#libs/pages';
import type { Clock } from './shapes.js';

/** A clock as a page shows it: a shape and words, so that colour is not needed; its other reading in quiet words below. */
export interface ClockInWords {
  state: Clock['state'];
  words: string;
  /** Which reading that is, and what the other one says; undefined where they agree. */
  also?: string | undefined;
}

/** One clock, seen from a moment: the reading that is due first, and the other, unless both say the same; undefined where there is none. */
export function clockInWords(clocks: readonly Clock[], code: Clock['code'], asOf: string): ClockInWords | undefined {
  const readings = clocks.filter((clock) => clock.code === code).toSorted((one, other) => orderOf(one) - orderOf(other));
  const [first, ...others] = readings.map((clock) => ({ ...clock, words: wordsOf(clock, asOf) }));
  if (!first) return undefined;
  const differing = others.filter(({ words }) => words !== first.words);
  const also = others.length > 0 && differing.length === 0 ? undefined : [readingWords[first.reading], ...differing.map(({ reading, words }) => `${words} ${readingWords[reading]}`)].join('; ');
  return { state: first.state, words: first.words, also };
}

const readingWords = { elapsed: 'by the clock', working: 'in working days' } as const;

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
