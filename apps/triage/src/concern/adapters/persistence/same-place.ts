import { oftenAsked, type Standing, type Tx } from '#libs/journal';
import { type Asking, type Clock, type List, recordReading } from '#libs/platform';
import type { Concern } from '../../domain/concern.js';
import { isTold, owedLook } from './owed-look.js';
import type { AboutThem } from './same-person.js';

/** Other concerns at the same place: the latest of them, and how many there are. */
export interface AtPlace {
  items: AboutThem[];
  total: number;
  /** So far back from when the concern came in. */
  months: number;
}

/** So many are shown at most. */
const most = 10;

const finding = oftenAsked(
  `select concern.id, reference, received_at as "receivedAt", status, case when ${isTold('$5')} then outcome end as outcome, count(*) over () as total
   from concern ${owedLook}
   where place_id = $1 and concern.authority = $2 and concern.id <> $3 and status <> 'entered-in-error'
     and received_at >= $4::timestamptz - make_interval(months => $6)
   order by received_at desc, concern.id desc limit ${most}`,
);

/** The other concerns of one's own authority at the place of a concern, from some months before it came in. */
export class SamePlacesConcerns {
  constructor(
    private readonly clock: Clock,
    private readonly months: number,
  ) {}

  /** The latest first; that they were shown is recorded. Null where no place is named. */
  async of(tx: Tx, { staff, why }: Asking, { recordId, authority, state }: Standing<Concern>): Promise<AtPlace | null> {
    if (state.status === 'absent' || state.story.placeId === null) return null;
    const found: (AboutThem & { total: number })[] = await tx.query(finding, [state.story.placeId, authority, recordId, state.story.receivedAt, staff.id, this.months]);
    if (found.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds: found.map(({ id }) => id), what: 'concerns at the same place' satisfies List, why });
    return { items: found.map(({ total: _counted, ...one }) => one), total: found[0]?.total ?? 0, months: this.months };
  }
}
