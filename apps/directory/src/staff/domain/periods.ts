import type { Day } from '#libs/calendar';

/** From the first day to the last, both counted. */
export interface Period {
  from: Day;
  to: Day;
}

export const isInOrder = ({ from, to }: Period): boolean => from <= to;

export const overlap = (one: Period, other: Period): boolean => one.from <= other.to && other.from <= one.to;

export const covers = ({ from, to }: Period, day: Day): boolean => from <= day && day <= to;

/** With one more, in the order of their days. */
export const withPeriod = <P extends Period>(periods: readonly P[], one: P): P[] => [...periods, one].toSorted((a, b) => (a.from < b.from ? -1 : 1));
