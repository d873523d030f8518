import { Injectable } from '@nestjs/common';
import { inOneGo, Narrative, oftenAsked, oneOf, seal, type Tx, unseal, Vault } from '#libs/journal';
import { NotYet } from '#libs/messaging';
import type { HeldIdentity } from '../../application/held-identity.js';
import { type Candidates, PersonFile } from '../../application/person-file.js';
import { type KeyedToken, TokenKey } from './keyed-tokens.js';

const MOST_CANDIDATES = 200;
/** What an identity is bound to when it is sealed. */
export const identityPlace = (personId: string): string => `identity/sealed/${personId}`;

/** The kinds of tokens by which people were found before: whoever has one has none of those that took their place. */
const ofBefore = `kind in ('prefix', 'year', 'sector')`;

interface Sealed {
  person_id: string;
  sealed: Buffer;
  wrapped: Buffer;
}

const filing = oftenAsked(`
insert into identity (person_id, sealed) select * from unnest($1::uuid[], $2::bytea[])
on conflict (person_id) do update set sealed = excluded.sealed`);

const leading = oftenAsked(`insert into person_token (token, kind, person_id) select * from unnest($1::bytea[], $2::text[], $3::uuid[]) order by 1`);

const opening = `select person_id, sealed, wrapped from identity join record_key on record_id = person_id where person_id = ${oneOf('$1', 'uuid')}`;
const reading = oftenAsked(opening);
/** In one order, so that nobody waits for somebody who waits for them. */
const locking = oftenAsked(`${opening} order by person_id for update of identity`);

/** How many are looked for is kept from the plan, as by `oneOf`. */
const finding = oftenAsked(`
select at, person_id, sealed, wrapped
from (
  select at, person_id, row_number() over (partition by at order by sum(weight) desc, person_id) as rank
  from unnest((select $1::int[]), (select $2::bytea[]), (select $3::int[])) as sought (at, token, weight)
  join person_token using (token)
  where not exists (select from person where person.person_id = person_token.person_id and person.status <> 'known')
  group by at, person_id
) as ranked
join identity using (person_id) join record_key on record_id = person_id
where rank <= ${MOST_CANDIDATES} order by at, rank`);

/** In the order of its index, which has such rows alone: looking through all of them for none would be slow. */
const lookingBefore = `select person_id from person_token where ${ofBefore}`;
const anyOfBefore = oftenAsked(`${lookingBefore} order by person_id limit 1`);

/** Identities, each sealed under its person's own key, and the keyed tokens that find them. */
@Injectable()
export class SealedPersonFile extends PersonFile {
  private readonly tokenKey: TokenKey;

  constructor(
    private readonly narrative: Narrative,
    private readonly vault: Vault,
  ) {
    super();
    this.tokenKey = new TokenKey(vault);
  }

  async keep(tx: Tx, people: { personId: string; identity: HeldIdentity }[]): Promise<void> {
    if (people.length === 0) return;
    const keys = await this.narrative.keysFor(tx, people.map(({ personId }) => personId));
    const sealed = people.map(({ personId, identity }) => seal(keys.get(personId)!, identityPlace(personId), JSON.stringify(identity)));
    await inOneGo(tx, [() => tx.query(filing, [people.map(({ personId }) => personId), sealed]), () => this.keepTokens(tx, people)]);
  }

  async replace(tx: Tx, personId: string, identity: HeldIdentity): Promise<void> {
    await this.lock(tx, [personId]);
    await tx.query('delete from person_token where person_id = $1', [personId]);
    await this.keep(tx, [{ personId, identity }]);
  }

  async read(tx: Tx, personIds: string[]): Promise<Map<string, HeldIdentity>> {
    if (personIds.length === 0) return new Map();
    return this.opened(await tx.query(reading, [personIds]));
  }

  async candidates(tx: Tx, identities: HeldIdentity[]): Promise<Candidates> {
    const under = this.tokenKey.soughtUnderEach();
    const sought = identities.flatMap((identity, at) => under.flatMap((soughtOf) => soughtOf(identity).map((one) => ({ at, ...one }))));
    const rows: (Sealed & { at: number })[] = await tx.query(finding, [sought.map(({ at }) => at), sought.map(({ token }) => token), sought.map(({ weight }) => weight)]);
    const found = Map.groupBy(rows, ({ at }) => at);
    return { of: identities.map((_, at) => (found.get(at) ?? []).map((row) => row.person_id)), held: this.opened(rows) };
  }

  async ensureAllFindable(tx: Tx): Promise<void> {
    if (!(await this.areAllFindable(tx))) throw new NotYet('what people are found by is being made anew', { isForAll: true });
  }

  async areAllFindable(tx: Tx): Promise<boolean> {
    const some: unknown[] = await tx.query(anyOfBefore);
    return some.length === 0;
  }

  /** Makes again what these people are found by. Whoever changes an identity meanwhile waits. */
  async keepTokensAnew(tx: Tx, personIds: string[]): Promise<void> {
    const held = this.opened(await this.lock(tx, personIds));
    await tx.query('delete from person_token where person_id = any($1)', [personIds]);
    await this.keepTokens(tx, [...held].map(([personId, identity]) => ({ personId, identity })));
  }

  /** The same for some of those who are found by tokens of before, and tells how many. Of whoever cannot be opened nothing is made: they go on by what they have besides. */
  async renewTokens(tx: Tx, most: number): Promise<number> {
    const rows: { person_id: string }[] = await tx.query(`select distinct person_id from person_token where ${ofBefore} order by person_id limit $1`, [most]);
    const ids = rows.map(({ person_id }) => person_id);
    const people = (await this.lock(tx, ids)).flatMap((row) => this.openedIfAny(row));
    await tx.query('delete from person_token where person_id = any($1)', [people.map(({ personId }) => personId)]);
    await tx.query(`delete from person_token where person_id = any($1) and ${ofBefore}`, [ids]);
    await this.keepTokens(tx, people);
    return ids.length;
  }

  private lock(tx: Tx, personIds: string[]): Promise<Sealed[]> {
    return tx.query(locking, [personIds]);
  }

  /** Each person once. */
  private opened(rows: Sealed[]): Map<string, HeldIdentity> {
    const held = new Map<string, HeldIdentity>();
    for (const row of rows) if (!held.has(row.person_id)) held.set(row.person_id, this.open(row));
    return held;
  }

  private open({ person_id: personId, sealed, wrapped }: Sealed): HeldIdentity {
    return JSON.parse(unseal(this.vault.unwrap(personId, wrapped), identityPlace(personId), sealed).toString()) as HeldIdentity;
  }

  private openedIfAny(row: Sealed): { personId: string; identity: HeldIdentity }[] {
    try {
      return [{ personId: row.person_id, identity: this.open(row) }];
    } catch {
      return [];
    }
  }

  private async keepTokens(tx: Tx, people: { personId: string; identity: HeldIdentity }[]): Promise<void> {
    const tokensOf = this.tokenKey.forMany();
    const found: ({ personId: string } & KeyedToken)[] = people.flatMap(({ personId, identity }) => tokensOf(identity).map((one) => ({ personId, ...one })));
    if (found.length > 0) await tx.query(leading, [found.map((one) => one.token), found.map((one) => one.kind), found.map((one) => one.personId)]);
  }
}
