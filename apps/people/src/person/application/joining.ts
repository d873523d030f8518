import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/journal';
import type { Acting } from '#libs/platform';
import { type Act, ChangePerson } from './change-person.js';
import { Acquaintance, ClaimFile } from './person-file.js';

/** Two records of people turn out to be one person, or two after all. */
@Injectable()
export class Joining {
  constructor(
    private readonly changes: ChangePerson,
    private readonly acquaintance: Acquaintance,
    private readonly claims: ClaimFile,
  ) {}

  join(acting: Acting, personId: string, { into, reason }: { into: string; reason: string }): Act {
    return {
      make: async ({ words, now, by }, tx) => {
        await this.changes.mustKnow(tx, acting, into);
        const intoIsKnown = await this.standsForItself(tx, into);
        return { type: 'JoinPersons', at: now, by, reason: words.keep(reason), into, personId, intoIsKnown };
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
        return { type: 'KeepApart', at: now, by, reason: words.keep(reason), other, personId };
      },
      after: (tx) => this.claims.settle(tx, [personId, other], 'kept_apart'),
    };
  }

  /** One joining at a time, so that two at once cannot close a circle. */
  private async standsForItself(tx: Tx, personId: string): Promise<boolean> {
    await this.acquaintance.oneAtATime(tx);
    const standIn = (await this.acquaintance.standIns(tx, [personId])).get(personId);
    return standIn?.personId === personId && standIn.status === 'known';
  }
}
