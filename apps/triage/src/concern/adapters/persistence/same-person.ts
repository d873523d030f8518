import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { oftenAsked, type Standing, type Tx, withSamePerson } from '#libs/journal';
import { type Asking, Clock, type List, recordReading } from '#libs/platform';
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

/** The other concerns about a person: some of them, and how many there are, whenever they came in and whether or not an import brought them. */
export interface AboutPerson {
  aboutThem: AboutThem[];
  aboutThemInAll: number;
}

/** More than this are counted alone. */
const most = 20;

const others = `person_id in (select id from one) and concern.authority = $2 and concern.id <> $3 and status <> 'entered-in-error'`;

const finding = oftenAsked(
  `${withSamePerson('$1')}
   select concern.id, reference, received_at as "receivedAt", status, case when ${isTold('$4')} then outcome end as outcome from concern ${owedLook}
   where ${others}
   order by received_at desc, concern.id desc limit ${most}`,
);
const counting = oftenAsked(`${withSamePerson('$1')} select count(*)::int as n from concern where ${others}`);

/** The other concerns of one's own authority about the same person, joined ones included: the latest of them, and how many there are in all. */
@Injectable()
export class SamePersonsConcerns {
  constructor(private readonly clock: Clock) {}

  /** The latest first; that they were shown is recorded. */
  async of(tx: Tx, { staff, why }: Asking, { recordId, authority, state }: Standing<Concern>): Promise<AboutPerson> {
    if (state.status === 'absent' || state.story.personId === null) return { aboutThem: [], aboutThemInAll: 0 };
    const them = [state.story.personId, authority, recordId];
    const [counted]: { n: number }[] = await tx.query(counting, them);
    const aboutThem: AboutThem[] = counted!.n === 0 ? [] : await tx.query(finding, [...them, staff.id]);
    if (aboutThem.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds: aboutThem.map(({ id }) => id), what: 'concerns of the same person' satisfies List, why });
    return { aboutThem, aboutThemInAll: counted!.n };
  }
}
