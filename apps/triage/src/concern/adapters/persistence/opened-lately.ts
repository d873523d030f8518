import type { Instant } from '#libs/calendar';
import { oftenAsked, type Tx } from '#libs/journal';

/** A colleague who was shown a case, and when last. */
export interface OpenedBy {
  id: string;
  at: Instant;
}

/** So long somebody who opened a case may still be at it, for all that is known. */
const minutes = 10;

const opening = oftenAsked(
  `select actor as id, max(read_at) as at from readings_of_record($1)
   where actor <> $2 and what = 'concern case' and read_at > $3::timestamptz - interval '${minutes} minutes'
   group by actor order by at desc, id limit 5`,
);

/** Which colleagues opened a concern lately, the last first: two who work on one case see each other. */
export const openedLately = (tx: Tx, { recordId, by, now }: { recordId: string; by: string; now: Instant }): Promise<OpenedBy[]> => tx.query(opening, [recordId, by, now]);
