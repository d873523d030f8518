import { Injectable } from '@nestjs/common';
import { isHidden, Narrative, oftenAsked, oneOf, seal, type Tx, unseal } from '#libs/journal';
import { ClaimFile, type Correction, type Finding, type KeptClaim, type Naming, type Suggestion } from '../../application/person-file.js';

/** What a claim is bound to when it is sealed. */
export const claimPlace = (recordId: string): string => `claim/sealed/${recordId}`;

const ofOther = 'select from claim where claim.person_id = other.id and claim.authority = $2';
const brought = (person: string, authority: string): string => `select from imported_naming as brought where brought.person_id = ${person} and brought.authority = ${authority}`;
const letGo = (person: string, authority: string): string => `select from journal as gone where gone.record_id = ${person} and gone.type = 'RecordLetGo' and gone.data ->> 'authority' = ${authority}`;
/** One that is restricted among them; asked of nobody while nothing of that council is. */
const isBroughtByRestricted = (person: string, authority: string): string => `(select exists (select from restriction where until is null and authority = ${authority}))
  and exists (${brought(person, authority)} and exists (select from restriction where restriction.record_id = brought.record_id and restriction.until is null))`;
/** Also where all of those were disposed of: whom no record needs any more nobody is led to. */
export const wasNamed = (person: string, authority: string): string => `(exists (select from claim where claim.person_id = ${person} and claim.authority = ${authority})
  or (${isBroughtByRestricted(person, authority)})
  or exists (${letGo(person, authority)}))`;
const isKnownByClaims = wasNamed('other.id', '$2');
const openClaims = `${ofOther} and not (${isHidden('claim.record_id')})`;
/**
 * A record that came with an extract and is open to whoever asks names them. Of extracts that were imported before it was kept
 * which records those are, all that is known is that an import named them to this council before any record that was received did.
 * Where a record of theirs was disposed of it may have been the only one of those, and what went with it says nothing any more.
 */
export const isKnownByImport = (person: string, authority: string): string => `(exists (${brought(person, authority)} and not (${isHidden('brought.record_id')}))
  or not exists (${brought(person, authority)}) and not exists (${letGo(person, authority)}) and exists (
  select from journal as told where told.record_id = ${person} and told.type = 'BecameKnownTo' and told.data ->> 'authority' = ${authority}
    and not exists (select from journal as named where named.record_id = told.record_id and named.type = 'PersonIdentified' and named.causation_id = told.causation_id)
))`;
/** Everybody who is one with a person, in either direction. */
const same = (person: string): string => `(with recursive same as (
  select ${person}::uuid as id union
  select next.id from same cross join lateral (
    select person_id as id from person where joined_into = same.id
    union all select joined_into from person where person_id = same.id and joined_into is not null
  ) as next
) select id from same)`;
/**
 * What went was open to whoever asks, and they are needed still: by a record that is open and names them or somebody who is one
 * with them, or, for all that is known here, by one that came with an extract.
 */
export const isNeededStill = (person: string, authority: string): string => `(exists (
  ${letGo(person, authority)}
    and not (${isHidden("(gone.data ->> 'recordId')::uuid")})
) and exists (select from ${same(person)} as one where exists (select from claim where claim.person_id = one.id and claim.authority = ${authority} and not (${isHidden('claim.record_id')}))
  or exists (select from journal as came where came.record_id = one.id and came.type = 'PersonImported')
  or ${isKnownByImport('one.id', authority)}))`;
const isHiddenOnly = `${isKnownByClaims} and not exists (${openClaims}) and not ${isKnownByImport('other.id', '$2')} and not ${isNeededStill('other.id', '$2')}`;

/** Those who were suggested as this person and looked at, and those who are one with them: what was found stands in the story of either. */
const lookedAt = `select other_person_id from possible_match where person_id = $1 and decided is not null
  union select person_id from possible_match where other_person_id = $1 and decided is not null
  union select person_id from person where joined_into = $1 union select $1::uuid`;

/** Of somebody whom the asker may not know of nothing is told, also not that they were looked at. What stands in the stories of both is told once. */
const findings = `
select verdict, "otherPersonId", at, by, reason from (
select distinct on (found.other, found.verdict, occurred_at) journal.position, found.verdict, found.other as "otherPersonId", occurred_at as at, actor as by, data -> 'reason' as reason
from journal
cross join lateral (select coalesce(data ->> 'into', data ->> 'other', data ->> 'from')::uuid as aim) as aimed
cross join lateral (select case type when 'PersonJoined' then 'joined' when 'KeptApart' then 'kept_apart' when 'KeepingApartUndone' then 'may_be_one' else 'separated' end as verdict,
  case when record_id = $1 then aimed.aim else record_id end as other) as found
join person as other_person on other_person.person_id = found.other
cross join lateral (select found.other as id) as other
where record_id = any (array(${lookedAt})) and type in ('PersonJoined', 'PersonsSeparated', 'KeptApart', 'KeepingApartUndone') and (record_id = $1 or aimed.aim = $1)
  and journal.authority = $2 and not (${isHiddenOnly})
order by found.other, found.verdict, occurred_at, (record_id = $1) desc
) as once order by position`;

const claiming = oftenAsked(`select record_id from claim where record_id = ${oneOf('$1', 'uuid')}`);

const keeping = oftenAsked(`
insert into claim (record_id, record_kind, person_id, authority, received_on, sealed)
select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::date[], $6::bytea[])`);

/** What records said about people, each sealed under its person's key. */
@Injectable()
export class SqlClaimFile extends ClaimFile {
  constructor(private readonly narrative: Narrative) {
    super();
  }

  async claimed(tx: Tx, recordIds: string[]): Promise<Set<string>> {
    const rows: { record_id: string }[] = await tx.query(claiming, [recordIds]);
    return new Set(rows.map((row) => row.record_id));
  }

  async keep(tx: Tx, claims: KeptClaim[]): Promise<void> {
    const keys = await this.narrative.keysFor(tx, [...new Set(claims.map(({ personId }) => personId))]);
    await tx.query(keeping, [
      claims.map((claim) => claim.recordId),
      claims.map((claim) => claim.recordKind),
      claims.map((claim) => claim.personId),
      claims.map((claim) => claim.authority),
      claims.map((claim) => claim.receivedOn),
      claims.map(({ personId, recordId, given }) => seal(keys.get(personId)!, claimPlace(recordId), JSON.stringify(given))),
    ]);
  }

  async noteImported(tx: Tx, namings: readonly Pick<KeptClaim, 'recordId' | 'personId' | 'authority'>[]): Promise<void> {
    if (namings.length === 0) return;
    // What was disposed of is told in another stream order than what named it, at times.
    await tx.query(
      `insert into imported_naming (record_id, person_id, authority)
       select record_id, person_id, authority from unnest($1::uuid[], $2::uuid[], $3::text[]) as told (record_id, person_id, authority)
       where not exists (select from journal as gone where gone.record_id = told.person_id and gone.type = 'RecordLetGo' and gone.data ->> 'recordId' = told.record_id::text)
         and not exists (select from person where person.person_id = told.person_id and person.status = 'disposed')
       on conflict do nothing`,
      [namings.map(({ recordId }) => recordId), namings.map(({ personId }) => personId), namings.map(({ authority }) => authority)],
    );
  }

  async hiddenOnly(tx: Tx, personIds: string[], authority: string): Promise<Set<string>> {
    const rows: { id: string }[] = await tx.query(`select id from unnest($1::uuid[]) as other (id) where ${isHiddenOnly}`, [personIds, authority]);
    return new Set(rows.map(({ id }) => id));
  }

  async saidOf(tx: Tx, personIds: string[], authority: string): Promise<KeptClaim[]> {
    const rows: (Omit<KeptClaim, 'given'> & { sealed: Buffer })[] = await tx.query(
      `select person_id as "personId", record_id as "recordId", record_kind as "recordKind", authority, received_on as "receivedOn", sealed from claim
       where person_id = any($1) and authority = $2 and not (${isHidden('claim.record_id')}) order by received_on, record_id`,
      [personIds, authority],
    );
    const keys = await this.narrative.findKeys(tx, personIds);
    return rows.flatMap(({ sealed, ...claim }) => {
      const key = keys.get(claim.personId);
      return key ? [{ ...claim, given: JSON.parse(unseal(key, claimPlace(claim.recordId), sealed).toString()) as object }] : [];
    });
  }

  daysOf(tx: Tx, personId: string): Promise<{ recordId: string; receivedOn: string }[]> {
    return tx.query(`select record_id as "recordId", received_on as "receivedOn" from claim where person_id = $1`, [personId]);
  }

  async suggest(tx: Tx, suggestions: Suggestion[]): Promise<void> {
    if (suggestions.length === 0) return;
    await tx.query(
      `insert into possible_match (person_id, other_person_id, record_id, score, reasons)
       select person_id, other_person_id, record_id, score, reasons
       from jsonb_to_recordset($1::jsonb) as row (person_id uuid, other_person_id uuid, record_id uuid, score int, reasons jsonb)
       where not exists (select from possible_match as turned
         where turned.person_id = row.other_person_id and turned.other_person_id = row.person_id)
       on conflict do nothing`,
      [
        JSON.stringify(
          suggestions.map(({ personId, otherPersonId, recordId, ...rest }) => ({
            person_id: personId,
            other_person_id: otherPersonId,
            record_id: recordId,
            ...rest,
          })),
        ),
      ],
    );
  }

  async settle(tx: Tx, [one, other]: readonly [string, string], decided: 'joined' | 'kept_apart'): Promise<void> {
    await tx.query(
      `update possible_match set decided = $3
       where (person_id = $1 and other_person_id = $2) or (person_id = $2 and other_person_id = $1)`,
      [one, other, decided],
    );
  }

  /** Nobody whom the asker's council knows only by what is restricted to others, and no likeness that such a record brought up. */
  suggestionsFor(tx: Tx, personId: string, authority: string): Promise<Omit<Suggestion, 'recordId'>[]> {
    return tx.query(
      `select $1::uuid as "personId", other.id as "otherPersonId", score, reasons
       from possible_match
       cross join lateral (select case when person_id = $1 then other_person_id else person_id end as id) as other
       join person on person.person_id = other.id and person.status = 'known'
       join person_authority on person_authority.person_id = other.id and person_authority.authority = $2
       where (possible_match.person_id = $1 or possible_match.other_person_id = $1) and decided is null
         and not (${isHidden('possible_match.record_id')}) and not (${isHiddenOnly})
       order by score desc, other.id limit 50`,
      [personId, authority],
    );
  }

  found(tx: Tx, personId: string, authority: string): Promise<Finding[]> {
    return tx.query(findings, [personId, authority]);
  }

  async corrected(tx: Tx, personId: string, authority: string): Promise<Correction | null> {
    const [last]: Correction[] = await tx.query(
      `select occurred_at as at, actor as by from journal where record_id = $1 and type = 'IdentityCorrected' and authority = $2 order by sequence desc limit 1`,
      [personId, authority],
    );
    return last ?? null;
  }

  naming(tx: Tx, personIds: string[], authority: string): Promise<Naming[]> {
    return tx.query(
      `select person_id as "personId", record_id as "recordId", record_kind as "recordKind", received_on as "receivedOn" from claim
       where person_id = any($1) and authority = $2 and not (${isHidden('claim.record_id')}) order by received_on desc, record_id`,
      [personIds, authority],
    );
  }
}
