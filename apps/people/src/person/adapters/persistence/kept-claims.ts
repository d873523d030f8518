import type pg from 'pg';
import { type Check, type Finding, type Looked, unseal, type Vault } from '#libs/journal';
import { cursor } from './cursor.js';
import { claimPlace } from './sql-claim-file.js';

interface Row {
  recordId: string;
  personId: string | null;
  isTold: boolean;
  isAlike: boolean;
  isDisposed: boolean;
  sealed: Buffer | null;
  wrapped: Buffer | null;
}

/** What the journal tells of each record's claim beside what is kept of it. */
const everyClaim = `
select coalesce(told.record_id, claim.record_id) as "recordId", claim.person_id as "personId", told.about is not null as "isTold",
  (told.about, told.kind, told.told_to) is not distinct from (claim.person_id, claim.record_kind, claim.authority) as "isAlike",
  coalesce(person.status = 'disposed', false) as "isDisposed", claim.sealed, key.wrapped
from (
  select distinct (data ->> 'recordId')::uuid as record_id, journal.record_id as about, data ->> 'recordKind' as kind, data ->> 'authority' as told_to
  from journal where type = 'PersonIdentified' and not exists (
    select from journal as gone where gone.record_id = journal.record_id and gone.type = 'RecordLetGo' and gone.data ->> 'recordId' = journal.data ->> 'recordId')
) told full join claim using (record_id)
left join person on person.person_id = told.about
left join record_key key on key.record_id = claim.person_id`;

/** What records said about people is kept as the story tells, and can be read. */
export const keptClaims = (connect: () => Promise<pg.Client>, vault: Vault): Check => ({
  name: 'claims',
  async *run(): AsyncGenerator<Finding, Looked> {
    let looked = 0;
    for await (const rows of cursor<Row>(connect, everyClaim)) {
      for (const row of rows) {
        const what = wrongWith(row, vault);
        if (what) yield { what, where: { record: row.recordId, person: row.personId } };
      }
      looked += rows.length;
    }
    return { looked };
  },
});

function wrongWith(row: Row, vault: Vault): string | undefined {
  if (!row.sealed) return row.isDisposed ? undefined : 'a claim is missing of which the story tells';
  if (row.isDisposed) return 'a claim is kept of somebody who was disposed of';
  if (!row.isTold) return 'a claim is kept of which no story tells';
  if (!row.isAlike) return 'a claim is not what the story tells';
  return canBeRead(row, vault) ? undefined : 'a claim cannot be read';
}

function canBeRead({ recordId, personId, sealed, wrapped }: Row, vault: Vault): boolean {
  try {
    unseal(vault.unwrap(personId!, wrapped!), claimPlace(recordId), sealed!);
    return true;
  } catch {
    return false;
  }
}
