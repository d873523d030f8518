import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { type Tx, Words } from '#libs/journal';
import { type Acting, type Asking, Database } from '#libs/platform';
import { apartnessIn } from '../domain/join-persons.js';
import type { Apartness } from '../domain/state.js';
import { type Act, ChangePerson } from './change-person.js';
import { Acquaintance, ClaimFile } from './person-file.js';
import { Persons } from './persons.js';

/** Two records of people turn out to be one person, or two after all. */
@Injectable()
export class Joining {
  constructor(
    private readonly database: Database,
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
        const otherSays = await this.saysOf(tx, other, personId);
        const standIn = (await this.acquaintance.standIns(tx, [other])).get(other);
        return { type: 'KeepApart', at: now, by, reason: words.keep(reason), other, personId, otherIsJoinedHere: other !== personId && standIn?.personId === personId, otherSays };
      },
      after: (tx) => this.claims.settle(tx, [personId, other], 'kept_apart'),
    };
  }

  /** Undone in both stories, whichever says it. They are looked at again by people alone: as a suggestion they stay settled. */
  undoKeepApart(asking: Asking, personId: string, { other, reason }: { other: string; reason: string }): Act {
    let otherSays: Apartness | null = null;
    return {
      make: async ({ words, now, by }, tx) => {
        await this.changes.mustKnow(tx, asking, other);
        otherSays = await this.saysOf(tx, other, personId);
        return { type: 'UndoKeepApart', at: now, by, reason: words.keep(reason), other, otherSays };
      },
      after: async (tx, { events }) => {
        if (otherSays?.isApart) await this.undoInOther(tx, asking, { other, personId, reason, at: events[0]!.event.at });
      },
    };
  }

  /** The other's story has the same words under its own key. */
  private async undoInOther(tx: Tx, { staff, traceparent }: Asking, { other, personId, reason, at }: { other: string; personId: string; reason: string; at: Instant }): Promise<void> {
    const words = new Words(this.database.vault);
    await this.persons.handle(tx, {
      recordId: other,
      command: { type: 'UndoKeepApart', at, by: staff.id, reason: words.keep(reason), other: personId, otherSays: null },
      context: { authority: staff.authority, actor: staff.id, recordedAt: at, traceparent },
      words,
    });
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
