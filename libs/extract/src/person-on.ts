import { londonDay, readTime } from '#libs/calendar';
import type { Ages, AgeQuestion, JudgedAge } from './ages.js';
import type { Row } from './open-extract.js';
import type { RowJudge } from './row-judge.js';

/** How a row names its person and the time whose London day decides their age. */
export const personOn = {
  /** What `people` is to be asked about these rows. */
  questions(rows: Row[], timeColumn: string): AgeQuestion[] {
    return rows.flatMap((row) => question(row, timeColumn) ?? []);
  },

  /** Refuses a row whose person is not known; flags one who was under 18. Undefined where there is nothing to go by. */
  judge(row: Row, judge: RowJudge, about: { ages: Ages; timeColumn: string }): JudgedAge | undefined {
    const asked = question(row, about.timeColumn);
    if (!asked) return undefined;
    const age = about.ages.find(asked);
    if (!age?.isKnown) judge.refuse('unknown_reference:person_ref');
    else if (age.isUnder18) judge.flag('under_18');
    return age;
  },
};

function question({ cells }: Row, timeColumn: string): AgeQuestion | undefined {
  const reference = cells['person_ref'];
  if (!reference) return undefined;
  const time = readTime(cells[timeColumn] ?? '');
  return { reference, on: typeof time === 'string' ? null : londonDay(time.at) };
}
