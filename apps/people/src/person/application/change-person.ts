import { HttpException, Injectable } from '@nestjs/common';
import { once, type Result, type Standing, type Tx, Words } from '#libs/journal';
import { type Acting, admit, type Answer, type Asking, type Case, Clock, Database, type Making, sightOf } from '#libs/platform';
import type { PersonCommand } from '../domain/commands.js';
import type { PersonEvent } from '../domain/events.js';
import type { Person } from '../domain/state.js';
import { Acquaintance } from './person-file.js';
import { Persons } from './persons.js';
import { shown } from './shown.js';

/** An act on a person: its command may need facts of other records, and more may follow from it. */
export interface Act {
  /** Where more has to be read or written than whoever acts may see. What they may do is judged all the same. */
  sees?: 'every';
  make(making: Making, tx: Tx): Promise<PersonCommand>;
  /** Done in the same transaction, only where something happened. */
  after?(tx: Tx, result: Result<Person, PersonEvent>): Promise<void>;
}

/** Takes what somebody asks about a person whom their authority knows, on the version they saw. */
@Injectable()
export class ChangePerson {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly acquaintance: Acquaintance,
    private readonly clock: Clock,
  ) {}

  async execute<View extends Answer>(
    asking: Asking,
    personId: string,
    { act, view }: { act: Act; view: (standing: Standing<Person>) => View },
  ): Promise<View> {
    if (asking.seen === undefined) {
      throw new HttpException('Send the ETag of the person as you saw them in If-Match, so that nobody overwrites what they have not read.', 428);
    }
    const { vault } = this.database;
    const attempt = (tx: Tx): Promise<View> => once({ tx, vault }, asking.idempotency, async () => view(await shown(tx, this.acquaintance, await this.take(tx, asking, { personId, act }))));
    return this.database.transaction(act.sees ?? sightOf(asking), attempt, 3);
  }

  private async take(tx: Tx, asking: Asking, { personId, act }: { personId: string; act: Act }): Promise<Standing<Person>> {
    const { staff, seen, traceparent } = asking;
    await this.mustKnow(tx, asking, personId);
    const words = new Words(this.database.vault);
    const now = this.clock.now();
    const command = await act.make({ words, now, by: staff.id }, tx);
    const context = { authority: staff.authority, actor: staff.id, recordedAt: now, traceparent };
    const result = await this.persons.handle(tx, { recordId: personId, command, context, expected: seen!, words });
    if (result.events.length > 0) await act.after?.(tx, result);
    return result;
  }

  /** Throws `Refused` where there is no such person for them: nobody at all, or nobody whom their authority's records name. */
  async mustKnow(tx: Tx, acting: Acting, personId: string): Promise<void> {
    const { authority } = acting.staff;
    const known = authority === null ? new Set<string>() : await this.acquaintance.known(tx, [personId], authority);
    admit(acting, heldBy(authority, known, personId), 'there is no such person');
  }
}

/** A person belongs to every authority whose records name them; to any other it is as if they belonged to none. */
export const heldBy = (authority: string | null, known: ReadonlySet<string>, personId: string): Case => ({
  id: personId,
  held: { authority: known.has(personId) ? authority : null, aboutPersonId: personId },
});
