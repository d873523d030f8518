import { Injectable } from '@nestjs/common';
import { Narrative, seal, type Tx, unseal, Vault } from '#libs/journal';
import type { HeldIdentity } from '../../application/held-identity.js';
import { PersonFile } from '../../application/person-file.js';
import { LEAST_SHARED } from '../../domain/sought.js';
import { type KeyedToken, TokenKey } from './keyed-tokens.js';

const MOST_CANDIDATES = 200;
/** What an identity is bound to when it is sealed. */
export const identityPlace = (personId: string): string => `identity/sealed/${personId}`;

/** Identities, each sealed under its person's own key, and the keyed tokens that find them. */
@Injectable()
export class SealedPersonFile extends PersonFile {
  private readonly tokenKey: TokenKey;

  constructor(
    private readonly narrative: Narrative,
    vault: Vault,
  ) {
    super();
    this.tokenKey = new TokenKey(vault);
  }

  async keep(tx: Tx, people: { personId: string; identity: HeldIdentity }[]): Promise<void> {
    if (people.length === 0) return;
    const keys = await this.narrative.keysFor(tx, people.map(({ personId }) => personId));
    await tx.query(
      `insert into identity (person_id, sealed) select * from unnest($1::uuid[], $2::bytea[])
       on conflict (person_id) do update set sealed = excluded.sealed`,
      [
        people.map(({ personId }) => personId),
        people.map(({ personId, identity }) => seal(keys.get(personId)!, identityPlace(personId), JSON.stringify(identity))),
      ],
    );
    const tokensOf = this.tokenKey.forMany();
    await this.keepTokens(tx, people.flatMap(({ personId, identity }) => tokensOf(identity).map((found) => ({ personId, ...found }))));
  }

  async replace(tx: Tx, personId: string, identity: HeldIdentity): Promise<void> {
    const before = (await this.read(tx, [personId])).get(personId);
    if (before) {
      const old = this.tokenKey.underEach().flatMap((tokensOf) => tokensOf(before).map(({ token }) => token));
      await tx.query(`delete from person_token where token = any($1) and person_id = $2`, [old, personId]);
    }
    await this.keep(tx, [{ personId, identity }]);
  }

  async read(tx: Tx, personIds: string[]): Promise<Map<string, HeldIdentity>> {
    const keys = await this.narrative.findKeys(tx, personIds);
    const rows: { person_id: string; sealed: Buffer }[] = await tx.query(
      `select person_id, sealed from identity where person_id = any($1)`,
      [personIds],
    );
    const open = ({ person_id, sealed }: (typeof rows)[number], key: Buffer) =>
      JSON.parse(unseal(key, identityPlace(person_id), sealed).toString()) as HeldIdentity;
    return new Map(
      rows.flatMap((row) => {
        const key = keys.get(row.person_id);
        return key ? [[row.person_id, open(row, key)] as const] : [];
      }),
    );
  }

  async candidates(tx: Tx, identities: HeldIdentity[]): Promise<string[][]> {
    const under = this.tokenKey.soughtUnderEach();
    const sought = identities.flatMap((identity, at) => under.flatMap((soughtOf) => soughtOf(identity).map((one) => ({ at, ...one }))));
    const rows: { at: number; person_id: string }[] = await tx.query(
      `select at, person_id
       from (
         select at, person_id, row_number() over (partition by at order by sum(weight) desc, person_id) as rank
         from unnest($1::int[], $2::bytea[], $3::int[]) as sought (at, token, weight)
         join person_token using (token)
         where not exists (select from person where person.person_id = person_token.person_id and person.status <> 'known')
         group by at, person_id having sum(weight) >= ${LEAST_SHARED}
       ) as ranked
       where rank <= ${MOST_CANDIDATES} order by at, rank`,
      [sought.map(({ at }) => at), sought.map(({ token }) => token), sought.map(({ weight }) => weight)],
    );
    const found = Map.groupBy(rows, ({ at }) => at);
    return identities.map((_, at) => (found.get(at) ?? []).map((row) => row.person_id));
  }

  /** Makes again what these people are found by. Whoever changes an identity meanwhile waits. */
  async keepTokensAnew(tx: Tx, personIds: string[]): Promise<void> {
    await tx.query('lock table person_token in share row exclusive mode');
    await tx.query('delete from person_token where person_id = any($1)', [personIds]);
    const tokensOf = this.tokenKey.forMany();
    const held = [...(await this.read(tx, personIds))];
    await this.keepTokens(tx, held.flatMap(([personId, identity]) => tokensOf(identity).map((found) => ({ personId, ...found }))));
  }

  private async keepTokens(tx: Tx, found: ({ personId: string } & KeyedToken)[]): Promise<void> {
    if (found.length === 0) return;
    await tx.query(
      `insert into person_token (token, kind, person_id) select * from unnest($1::bytea[], $2::text[], $3::uuid[]) order by 1`,
      [found.map((one) => one.token), found.map((one) => one.kind), found.map((one) => one.personId)],
    );
  }
}
