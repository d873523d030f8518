import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { oftenAsked, type Standing, type Tx, withSamePerson } from '#libs/journal';
import { type Asking, Clock, recordReading } from '#libs/platform';
import type { Concern } from '../../domain/concern.js';
import { isTold, owedLook } from './owed-look.js';

/** Another concern about the same person, as far as a list needs it. */
export interface AboutThem {
  id: string;
  reference: string;
  receivedAt: Instant;
  status: string;
  /** Null where none is made, or it is not told yet. */
  outcome: string | null;
}

/** More than this are counted among a person's records in `people`. */
const most = 20;

const finding = oftenAsked(
  `${withSamePerson('$1')}
   select concern.id, reference, received_at as "receivedAt", status, case when ${isTold('$5')} then outcome end as outcome from concern ${owedLook}
   where person_id in (select id from one) and concern.authority = $2 and concern.id <> $3 and status <> 'entered-in-error'
     and received_at >= $4::timestamptz - interval '12 months'
   order by received_at desc, concern.id desc limit ${most}`,
);

/** The other concerns of one's own authority about the same person, joined ones included, from twelve months before this one came in. */
@Injectable()
export class SamePersonsConcerns {
  constructor(private readonly clock: Clock) {}

  /** The latest first; that they were shown is recorded. */
  async of(tx: Tx, { staff, why }: Asking, { recordId, authority, state }: Standing<Concern>): Promise<AboutThem[]> {
    if (state.status === 'absent' || state.story.personId === null) return [];
    const found: AboutThem[] = await tx.query(finding, [state.story.personId, authority, recordId, state.story.receivedAt, staff.id]);
    if (found.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds: found.map(({ id }) => id), what: 'concerns of the same person', why });
    return found;
  }
}
