import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/journal';
import { type Match, same } from '../domain/matching.js';
import { comparable, type Phonetic } from '../domain/tokens.js';
import type { HeldIdentity } from './held-identity.js';
import { PersonFile } from './person-file.js';

type Found = Match & { personId: string };

/** Who an identity may be. */
export interface Likenesses {
  /** The one person it is without anybody being asked. */
  same: string | null;
  /** Those whom a person should look at, the most alike first. */
  others: Found[];
}

/** How a name sounds: brought from outside. */
export abstract class Ear {
  abstract readonly hear: Phonetic;
}

/** Compares an identity with those it may be, after decryption. */
@Injectable()
export class Likeness {
  constructor(
    private readonly people: PersonFile,
    private readonly ear: Ear,
  ) {}

  async find(tx: Tx, identity: HeldIdentity): Promise<Likenesses> {
    const ids = await this.people.candidates(tx, identity);
    const held = await this.people.read(tx, ids);
    const asked = comparable(identity, this.ear.hear);
    const found = [...held]
      .map(([personId, other]): Found => ({ personId, ...same(asked, comparable(other, this.ear.hear)) }))
      .filter(({ match }) => match !== 'none')
      .toSorted((a, b) => b.score - a.score || (a.personId < b.personId ? -1 : 1));
    const one = found.find(({ match }) => match === 'same');
    return { same: one?.personId ?? null, others: found.filter((other) => other !== one) };
  }
}
