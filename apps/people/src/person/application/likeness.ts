import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/journal';
import { type Match, same } from '../domain/matching.js';
import { type Comparable, comparable, type Phonetic } from '../domain/tokens.js';
import type { HeldIdentity } from './held-identity.js';
import { PersonFile } from './person-file.js';

type Found = Match & { personId: string };

/** Who an identity may be. */
export interface Likenesses {
  /** The one person it is without anybody being asked. */
  same: { personId: string; identity: HeldIdentity } | null;
  /** Those whom a person should look at, the most alike first. */
  others: Found[];
}

/** How a name sounds: brought from outside. */
export abstract class Ear {
  abstract readonly hear: Phonetic;
}

/** Compares identities with those they may be, after decryption. */
@Injectable()
export class Likeness {
  constructor(
    private readonly people: PersonFile,
    private readonly ear: Ear,
  ) {}

  /** Everybody whom one of these identities may be. */
  async gather(tx: Tx, identities: HeldIdentity[]): Promise<Gathering> {
    const { of, held } = await this.people.candidates(tx, identities);
    const gathering = new Gathering(new Map(identities.map((identity, at) => [identity, of[at]!])), this.ear.hear);
    for (const [personId, identity] of held) gathering.meet(personId, identity);
    return gathering;
  }
}

/** Those whom some identities may be, and whoever joins them while these are looked at one after another. */
export class Gathering {
  private readonly met = new Map<string, { identity: HeldIdentity; compared: Comparable }>();
  private readonly newcomers: string[] = [];

  constructor(
    private readonly candidates: ReadonlyMap<HeldIdentity, string[]>,
    private readonly hear: Phonetic,
  ) {}

  meet(personId: string, identity: HeldIdentity): void {
    this.met.set(personId, { identity, compared: comparable(identity, this.hear) });
  }

  /** Somebody registered only now, whom nobody's tokens could find yet: they are compared with whoever comes after them. */
  welcome(personId: string, identity: HeldIdentity): void {
    this.meet(personId, identity);
    this.newcomers.push(personId);
  }

  like(identity: HeldIdentity): Likenesses {
    const asked = comparable(identity, this.hear);
    const found = [...(this.candidates.get(identity) ?? []), ...this.newcomers]
      .flatMap((personId): Found[] => {
        const other = this.met.get(personId);
        return other ? [{ personId, ...same(asked, other.compared) }] : [];
      })
      .filter(({ match }) => match !== 'none')
      .toSorted((a, b) => b.score - a.score || (a.personId < b.personId ? -1 : 1));
    const one = found.find(({ match }) => match === 'same');
    return {
      same: one ? { personId: one.personId, identity: this.met.get(one.personId)!.identity } : null,
      others: found.filter((other) => other !== one),
    };
  }
}
