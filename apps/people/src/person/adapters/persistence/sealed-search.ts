import { Injectable } from '@nestjs/common';
import { isHidden, type Tx, Vault } from '#libs/journal';
import { type NamedIn, SearchFile } from '../../application/search-file.js';
import { LEAST_SOUGHT, type SearchTerms, searchTokens } from '../../domain/search.js';
import { phonetic } from '../phonetic.js';
import { TokenKey } from './keyed-tokens.js';
import { isKnownByImport, isNeededStill, wasNamed } from './sql-claim-file.js';

const MOST_CANDIDATES = 200;

const claimsOf = (person: string, authority: string): string => `select from claim where claim.person_id = ${person} and claim.authority = ${authority}`;
const isOpen = `not (${isHidden('claim.record_id')})`;
const shared = 'unnest($1::bytea[], $2::int[]) as sought (token, weight) join person_token using (token)';

/**
 * Whoever shares a token that finds somebody by itself, those first who share most; by the primary key of `person_token`.
 * A year, a sector or how a surname begins is shared by thousands, so that it is only asked of whoever is found otherwise.
 * One more than are compared tells that there are more.
 */
const finding = `
select id from (
  select person_id as id, sum(weight) as telling from ${shared} where weight >= ${LEAST_SOUGHT} group by person_id
) as alike
cross join lateral (select coalesce(sum(weight), 0) as besides from ${shared} where weight < ${LEAST_SOUGHT} and person_token.person_id = alike.id) as weak
where not exists (select from person where person.person_id = alike.id and person.status <> 'known' and person.status <> 'joined')
  and not (${wasNamed('alike.id', '$3')} and not exists (${claimsOf('alike.id', '$3')} and ${isOpen}) and not ${isKnownByImport('alike.id', '$3')} and not ${isNeededStill('alike.id', '$3')})
order by telling + besides desc, id limit ${MOST_CANDIDATES + 1}`;

const naming = `
with recursive one as (
  select id as remaining, id from unnest($1::uuid[]) as asked (id)
  union
  select one.remaining, person.person_id from one join person on person.joined_into = one.id
)
select one.remaining as "personId", record_id as "recordId", record_kind as "recordKind", received_on as "receivedOn"
from one join claim on claim.person_id = one.id
where claim.authority = $2 and ${isOpen} order by received_on desc, record_id`;

/** Searches by keyed tokens: what is asked for is in no statement as it was typed. */
@Injectable()
export class SealedSearch extends SearchFile {
  private readonly tokenKey: TokenKey;

  constructor(vault: Vault) {
    super();
    this.tokenKey = new TokenKey(vault);
  }

  async candidates(tx: Tx, terms: SearchTerms, authority: string): Promise<{ ids: string[]; areMore: boolean }> {
    const plain = [...searchTokens(terms, phonetic)];
    const sought = this.tokenKey.keyedUnderEach().flatMap((keyed) => plain.map(([token, weight]) => ({ token: keyed(token), weight })));
    const rows: { id: string }[] = await tx.query(finding, [sought.map(({ token }) => token), sought.map(({ weight }) => weight), authority]);
    return { ids: rows.slice(0, MOST_CANDIDATES).map(({ id }) => id), areMore: rows.length > MOST_CANDIDATES };
  }

  namedIn(tx: Tx, personIds: string[], authority: string): Promise<NamedIn[]> {
    return tx.query(naming, [personIds, authority]);
  }
}
