import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/journal';
import type { Acting } from '#libs/platform';
import { apartnessIn } from '../domain/join-persons.js';
import type { Apartness } from '../domain/state.js';
import { type Act, ChangePerson } from './change-person.js';
import { Acquaintance, ClaimFile } from './person-file.js';
import { Persons } from './persons.js';

/** Two records of people turn out to be one person, or two after all. */
@Injectable()
export class Joining {
  constructor(
    private readonly changes: ChangePerson,
    private readonly acquaintance: Acquaintance,
    private readonly claims: ClaimFile,
    private readonly persons: Persons,
  ) {}

  join(acting: Acting, personId: string, { into, reason }: { into: string; reason: string }): Act {
    return {
      make: async ({ words, now, by }, tx) => {
        await this.changes.mustKnow(tx, acting, into);
        const intoIsKnown = await this.standsForItself(tx, into);
        return { type: 'JoinPersons', at: now, by, reason: words.keep(reason), into, personId, intoIsKnown, otherSays: await this.saysOf(tx, into, personId) };
      },
      after: (tx) => this.claims.settle(tx, [personId, into], 'joined'),
    };
  }

  separate(personId: string, { from, reason }: { from: string; reason: string }): Act {
    return {
      make: async ({ words, now, by }) => ({ type: 'SeparatePersons', at: now, by, reason: words.keep(reason), from }),
      // They are two: as a suggestion that is the same as never having been one.
      after: (tx) => this.claims.settle(tx, [personId, from], 'kept_apart'),
    };
  }

  keepApart(acting: Acting, personId: string, { other, reason }: { other: string; reason: string }): Act {
    return {
      make: async ({ words, now, by }, tx) => {
        await this.changes.mustKnow(tx, acting, other);
        return { type: 'KeepApart', at: now, by, reason: words.keep(reason), other, personId, otherSays: await this.saysOf(tx, other, personId) };
      },
      after: (tx) => this.claims.settle(tx, [personId, other], 'kept_apart'),
    };
  }

  /** They are looked at again by people alone: as a suggestion they stay settled. */
  undoKeepApart(acting: Acting, personId: string, { other, reason }: { other: string; reason: string }): Act {
    return {
      make: async ({ words, now, by }, tx) => {
        await this.changes.mustKnow(tx, acting, other);
        return { type: 'UndoKeepApart', at: now, by, reason: words.keep(reason), other, otherSays: await this.saysOf(tx, other, personId) };
      },
    };
  }

  /** What the other's story says of this person; nobody writes there meanwhile. */
  private async saysOf(tx: Tx, other: string, personId: string): Promise<Apartness | null> {
    await this.acquaintance.oneAtATime(tx);
    return apartnessIn((await this.persons.get(tx, other, null)).state, personId);
  }

  /** One joining at a time, so that two at once cannot close a circle. */
  private async standsForItself(tx: Tx, personId: string): Promise<boolean> {
    await this.acquaintance.oneAtATime(tx);
    const standIn = (await this.acquaintance.standIns(tx, [personId])).get(personId);
    return standIn?.personId === personId && standIn.status === 'known';
  }
}
