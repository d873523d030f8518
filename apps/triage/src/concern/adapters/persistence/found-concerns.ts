import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { admitted, type Asking, Clock, Database, recordReading, sightOf } from '#libs/platform';

interface Row {
  id: string;
  reference: string;
  authority: string;
  status: string;
  receivedAt: Instant;
  personId: string | null;
  raisedBy: string | null;
}

interface Danger {
  inDanger: boolean;
  dangerToldAt: Instant | null;
}

/** A concern that was found, as far as somebody needs it to open the right one. */
export type Found = Pick<Row, 'id' | 'reference' | 'status' | 'receivedAt'>;

const columns = 'concern.id, reference, authority, status, received_at as "receivedAt", person_id as "personId", raised_by as "raisedBy"';
/** More than this a file never called the same. */
const most = 20;
/** Of each person who was found, more than anybody reads through. */
const mostAbout = 20;

/** What a reference may be where it was typed or read out in groups: as it is, without spaces, and one of ours with what stands between its groups. */
function writings(reference: string): string[] {
  const together = reference.replaceAll(/\s/gu, '');
  const ours = /^SC-?(\w{4})-?(\w{4})$/iu.exec(together);
  const each = [reference, together, ...(ours ? [`SC-${ours[1]}-${ours[2]}`] : [])];
  return [...new Set(each.flatMap((one) => [one, one.toUpperCase()]))];
}

/** Everybody who is the same as one of these people, joined in either direction. */
const withSamePeople = `
with recursive led as (
  select id as asked, id, 0 as steps from unnest($1::uuid[]) as people (id)
  union all
  select led.asked, alias.into_id, led.steps + 1 from led join alias on alias.person_id = led.id where alias.into_id is not null and led.steps < 100
), one as (
  (select distinct on (asked) asked, id from led order by asked, steps desc)
  union
  select one.asked, alias.person_id from one join alias on alias.into_id = one.id
)`;

/** Concerns of one's own authority by what they are called, and whom some are about. What is shown is recorded. */
@Injectable()
export class FoundConcerns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Those with exactly this reference; ours are in capitals, an old system's are as it wrote them. */
  byReference(asking: Asking, reference: string): Promise<{ items: Found[] }> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const sql = `select ${columns} from concern where reference = any($1) and authority = $2 order by received_at desc, id desc limit ${most}`;
      const seen = await this.seen(tx, asking, { rows: await tx.query(sql, [writings(reference), asking.staff.authority]), what: 'concern by its reference' });
      return { items: seen.map(({ id, reference, status, receivedAt }) => ({ id, reference, status, receivedAt })) };
    });
  }

  /** Whom these concerns are about, as far as that is known, whether danger now is recorded, and since when danger that was told after the decision waits for somebody to see to it. */
  people(asking: Asking, ids: readonly string[]): Promise<{ items: (Pick<Row, 'id' | 'personId'> & Danger)[] }> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const sql = `select ${columns}, immediate_risk is true as "inDanger", danger_told_at as "dangerToldAt" from concern where id = any($1::uuid[]) and authority = $2`;
      const rows: (Row & Danger)[] = await tx.query(sql, [ids, asking.staff.authority]);
      const seen = await this.seen(tx, asking, { rows, what: 'queue' });
      return { items: seen.map(({ id, personId, inDanger, dangerToldAt }) => ({ id, personId, inDanger, dangerToldAt })) };
    });
  }

  /** The concerns about these people, joined ones included, each with the id that was asked; the latest first, of each person as many as anybody reads. */
  about(asking: Asking, people: readonly string[]): Promise<{ items: (Found & { personId: string })[] }> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const sql = `${withSamePeople} select found.* from (select distinct asked from one) as each
        cross join lateral (
          select each.asked, ${columns} from one join concern on concern.person_id = one.id
          where one.asked = each.asked and authority = $2 and status <> 'entered-in-error' order by received_at desc, concern.id desc limit ${mostAbout}
        ) as found order by "receivedAt" desc, found.id desc`;
      const rows: (Row & { asked: string })[] = await tx.query(sql, [people, asking.staff.authority]);
      const seen = await this.seen(tx, asking, { rows, what: 'concerns of people found' });
      return { items: seen.map(({ asked, id, reference, status, receivedAt }) => ({ personId: asked, id, reference, status, receivedAt })) };
    });
  }

  private async seen<One extends Row>(tx: Tx, asking: Asking, { rows, what }: { rows: One[]; what: string }): Promise<One[]> {
    const { staff, why } = asking;
    const cases = rows.map((row) => ({ id: row.id, row, held: { authority: row.authority, raisedBy: row.raisedBy, aboutPersonId: row.personId } }));
    const seen = admitted(asking, cases).map(({ row }) => row);
    if (seen.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds: seen.map(({ id }) => id), what, why });
    return seen;
  }
}
