import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { oftenAsked, type Tx, withSamePerson } from '#libs/journal';
import type { Kind } from '../../domain/codes.js';

/** A request about somebody, as far as the case of another service has to know of it. */
export interface RequestAbout {
  id: string;
  reference: string;
  kind: Kind;
  status: string;
  receivedAt: Instant;
  outcome: string | null;
  authorisedTo: string | null;
}

/** More than this are counted alone. */
const most = 20;

const finding = oftenAsked(
  `${withSamePerson('$1')}
   select id, reference, kind, status, received_at as "receivedAt", outcome, authorised_to::text as "authorisedTo", count(*) over ()::int as total from dols_request
   where person_id in (select id from one) and authority = $2 and status not in ('entered-in-error', 'disposed')
   order by received_at desc, id desc limit ${most}`,
);

/** The requests of one authority about a person, joined ones and those that an import brought included; the latest first. */
@Injectable()
export class SamePersonsRequests {
  async of(tx: Tx, { personId, authority }: { personId: string; authority: string }): Promise<{ items: RequestAbout[]; total: number }> {
    const rows: (RequestAbout & { total: number })[] = await tx.query(finding, [personId, authority]);
    return { items: rows.map(({ total: _inAll, ...item }) => item), total: rows[0]?.total ?? 0 };
  }
}
