import { DANGER_READ } from '../../application/concern-reading.js';

/** The second look that is owed to the decision on a concern, beside it. */
export const owedLook = 'left join second_look look on look.record_id = concern.id and look.given_at is null';

/** Readings after which somebody knows what was decided; they are found by the function that looks a record up past the policies. */
const telling = `array['concern', 'concern case', 'concern story', '${DANGER_READ.mayTell}']`;

/** Whether somebody was shown a record since something. */
export const wasShown = (by: string, record: string, since: string): string =>
  `exists (select from readings_of_record(${record}) where actor = ${by} and read_at >= ${since} and what = any(${telling}))`;

/** Whether somebody knows a decision that is owed a second look: it is theirs, or they were shown it, so that they cannot give it any more. */
export const knowsIt = (by: string): string => `(look.decided_by = ${by} or ${wasShown(by, 'look.record_id', 'look.decided_at')})`;

/** Whether somebody may be told a decision: nobody has yet to make it again, or they know it. It is kept from everybody else, so that the second look is blind. */
export const isTold = (by: string): string => `(look.record_id is null or ${knowsIt(by)})`;
