import { type AgeBand, ageBand, ageOn, type Day } from '#libs/calendar';

/** How old somebody was on a day, as it is published. */
export interface AgeJudged {
  ageBand: AgeBand;
  under18: boolean;
}

/** Judges an age. Nothing is known where either day is not; somebody born after that day was under 18 too. */
export function judgeAge(born: Day | null, on: Day | null): AgeJudged {
  if (born === null || on === null) return { ageBand: 'not_known', under18: false };
  const age = ageOn(born, on);
  return { ageBand: ageBand(age), under18: age < 18 };
}
