import type pg from 'pg';
import { type Check, type Finding, type Looked, type MadeAnew, unseal, type Vault } from '#libs/journal';
import type { Database, Mending } from '#libs/platform';
import type { HeldIdentity } from '../../application/held-identity.js';
import { cursor } from './cursor.js';
import { TokenKey, type TokensOf } from './keyed-tokens.js';
import { identityPlace, type SealedPersonFile } from './sealed-person-file.js';

interface Row {
  personId: string;
  status: string | null;
  sealed: Buffer | null;
  wrapped: Buffer | null;
  tokens: string[] | null;
}

export interface KeptIdentitiesParts {
  /** A connection of its own under the role that verifies. */
  connect: () => Promise<pg.Client>;
  vault: Vault;
  database: Pick<Database, 'transaction'>;
  file: Pick<SealedPersonFile, 'keepTokensAnew'>;
}

const batch = 200;
const unfindable = 'somebody cannot be found by all that they should be found by, or by what they should not';

/** All that is kept of one person on one row, whichever part of it there is. */
const everybody = `
select person_id as "personId", status, sealed, wrapped, tokens
from person full join identity using (person_id)
full join (select person_id, array_agg(kind || ':' || encode(token, 'hex')) as tokens from person_token group by person_id) found using (person_id)
left join record_key on record_key.record_id = person_id
order by person_id`;

/** Who everybody is can be read, and they are found by what follows from it and by nothing else. */
export class KeptIdentities implements Check, Mending, MadeAnew {
  readonly name = 'identities';
  private readonly tokenKey: TokenKey;

  constructor(private readonly parts: KeptIdentitiesParts) {
    this.tokenKey = new TokenKey(parts.vault);
  }

  async *run(): AsyncGenerator<Finding, Looked> {
    let looked = 0;
    for await (const rows of cursor<Row>(this.parts.connect, everybody)) {
      for (const { personId, what } of this.wrongOf(rows, this.tokenKey.underEach())) yield { what, where: { person: personId } };
      looked += rows.length;
    }
    return { looked };
  }

  /** The same, for when the keys are changed. */
  makeAnew(): Promise<number> {
    return this.mend();
  }

  /** What they are found by is made again from who they are, under the first key. */
  async mend(): Promise<number> {
    let mended = 0;
    for await (const rows of cursor<Row>(this.parts.connect, everybody)) {
      const wrong = this.wrongOf(rows, [this.tokenKey.forMany()]).filter(({ what }) => what === unfindable).map(({ personId }) => personId);
      for (let at = 0; at < wrong.length; at += batch) {
        const some = wrong.slice(at, at + batch);
        await this.parts.database.transaction('every', (tx) => this.parts.file.keepTokensAnew(tx, some), 3);
        mended += some.length;
      }
    }
    return mended;
  }

  private wrongOf(rows: Row[], under: TokensOf[]): { personId: string; what: string }[] {
    return rows.flatMap((row) => {
      const { personId, status, sealed, tokens } = row;
      const isHeld = status !== null && status !== 'disposed';
      if (isHeld && !sealed) return [{ personId, what: 'nothing is held about who somebody is' }];
      const identity = sealed ? this.open(row) : undefined;
      if (sealed && !identity) return [{ personId, what: 'who somebody is cannot be read' }];
      return isFoundBy(new Set(tokens), identity, under) ? [] : [{ personId, what: unfindable }];
    });
  }

  private open({ personId, sealed, wrapped }: Row): HeldIdentity | undefined {
    try {
      return JSON.parse(unseal(this.parts.vault.unwrap(personId, wrapped!), identityPlace(personId), sealed!).toString()) as HeldIdentity;
    } catch {
      return undefined;
    }
  }
}

/** Whether somebody is found by all that follows from who they are, under one of the keys, and by nothing else. */
const isFoundBy = (found: Set<string>, identity: HeldIdentity | undefined, under: TokensOf[]): boolean =>
  identity === undefined
    ? found.size === 0
    : under.some((tokensOf) => {
        const right = tokensOf(identity).map(({ kind, token }) => `${kind}:${token.toString('hex')}`);
        return right.length === found.size && right.every((one) => found.has(one));
      });
