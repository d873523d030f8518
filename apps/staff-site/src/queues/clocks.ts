import { durationInWords } from '#libs/pages';
import type { Clock } from './shapes.js';

/** A clock as a page shows it: a shape and words, so that colour is not needed. */
export interface ClockInWords {
  state: Clock['state'];
  words: string;
}

/** One clock in both its readings, seen from a moment; once, where they agree. */
export function clocksInWords(clocks: Clock[], code: Clock['code'], asOf: string): ClockInWords[] {
  const readings = clocks.filter((clock) => clock.code === code).map((clock) => ({ ...clock, words: wordsOf(clock, asOf) }));
  const [first] = readings;
  if (first && readings.length > 1 && readings.every(({ words }) => words === first.words)) {
    return [{ state: first.state, words: first.words }];
  }
  return readings.map(({ state, words, reading }) => ({ state, words: `${words}, ${reading === 'elapsed' ? 'elapsed' : 'working days'}` }));
}

const dayMs = 86_400_000;
/** Once something is this late, the hours beside the days only take up room. */
const longMs = 3 * dayMs;

function wordsOf({ state, dueAt }: Clock, asOf: string): string {
  if (state === 'met') return 'met';
  const ms = Math.abs(Date.parse(dueAt) - Date.parse(asOf));
  if (state === 'running') return `${durationInWords(ms)} left`;
  return `late by ${durationInWords(ms < longMs ? ms : ms - (ms % dayMs))}`;
}
