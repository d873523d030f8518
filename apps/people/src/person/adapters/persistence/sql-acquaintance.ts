import { Injectable } from '@nestjs/common';
import { isHidden, oftenAsked, type Tx } from '#libs/journal';
import { Acquaintance } from '../../application/person-file.js';

const locking = oftenAsked(`select pg_advisory_xact_lock(hashtext('who is who'))`);

/** Who may be seen by whom, from the read tables. */
@Injectable()
export class SqlAcquaintance extends Acquaintance {
  async oneAtATime(tx: Tx): Promise<void> {
    await tx.query(locking);
  }

  async known(tx: Tx, personIds: string[], authority: string): Promise<Set<string>> {
    const rows: { root: string }[] = await tx.query(
      `with recursive same as (
         select id as root, id from unnest($1::uuid[]) as asked (id)
         union
         select same.root, person.person_id from same join person on person.joined_into = same.id
       )
       select distinct root from same join person_authority on person_authority.person_id = same.id
       where person_authority.authority = $2`,
      [personIds, authority],
    );
    return new Set(rows.map((row) => row.root));
  }

  async standIns(tx: Tx, personIds: string[]): Promise<Map<string, { personId: string; status: string }>> {
    const rows: { asked: string; person_id: string; status: string }[] = await tx.query(
      `with recursive led as (
         select person_id as asked, person_id, status, joined_into, 0 as steps from person where person_id = any($1)
         union all
         select led.asked, person.person_id, person.status, person.joined_into, led.steps + 1
         from led join person on person.person_id = led.joined_into where led.steps < 100
       )
       select distinct on (asked) asked, person_id, status from led order by asked, steps desc`,
      [personIds],
    );
    return new Map(rows.map((row) => [row.asked, { personId: row.person_id, status: row.status }]));
  }

  async sides(tx: Tx, personIds: string[]): Promise<Map<string, string[]>> {
    const rows: { root: string; id: string }[] = await tx.query(
      `with recursive same as (
         select id as root, id from unnest($1::uuid[]) as asked (id)
         union
         select same.root, person.person_id from same join person on person.joined_into = same.id
       )
       select root, id from same order by root, id <> root, id`,
      [personIds],
    );
    return new Map([...Map.groupBy(rows, ({ root }) => root)].map(([root, some]) => [root, some.map(({ id }) => id)]));
  }

  async same(tx: Tx, personId: string): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      `with recursive led as (
         select person_id as id, joined_into, 0 as steps from person where person_id = $1
         union all
         select person.person_id, person.joined_into, led.steps + 1 from led join person on person.person_id = led.joined_into where led.steps < 100
       ), one as (
         (select id from led order by steps desc limit 1)
         union
         select person.person_id from one join person on person.joined_into = one.id
       )
       select id from one order by id`,
      [personId],
    );
    return rows.map(({ id }) => id);
  }

  async alreadyKnown(tx: Tx, pairs: { personId: string; authority: string }[]): Promise<Set<string>> {
    const rows: { person_id: string; authority: string }[] = await tx.query(
      `select person_id, authority from person_authority
       join unnest($1::uuid[], $2::text[]) as asked (person_id, authority) using (person_id, authority)`,
      [pairs.map((pair) => pair.personId), pairs.map((pair) => pair.authority)],
    );
    return new Set(rows.map((row) => `${row.person_id} ${row.authority}`));
  }

  async withoutRecords(tx: Tx, { after, limit }: { after: string; limit: number }): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      `select person_id as id from person where person_id > $1 and status in ('known', 'entered-in-error') and let_go_at is null
         and not exists (select from claim where claim.person_id = person.person_id)
         and not exists (select from imported_naming where imported_naming.person_id = person.person_id)
         and exists (select from person_authority where person_authority.person_id = person.person_id)
       order by person_id limit $2`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  async hidden(tx: Tx, recordIds: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await tx.query(`select id from unnest($1::uuid[]) as asked (id) where ${isHidden('asked.id')}`, [recordIds]);
    return new Set(rows.map(({ id }) => id));
  }
}
