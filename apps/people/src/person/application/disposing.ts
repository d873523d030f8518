import { Inject, Injectable } from '@nestjs/common';
import type { Result, Tx } from '#libs/journal';
import { aboutDisposal, aboutLegalHold, type Asking, Clock, type DisposalStep, type KeptOrNot, RETENTION_RULES } from '#libs/platform';
import type { PersonDisposed, PersonEvent } from '../domain/events.js';
import { keepingOf } from '../domain/retention.js';
import type { RetentionRule } from '../domain/retention-rules.js';
import type { Person } from '../domain/state.js';
import { type Act, ChangePerson } from './change-person.js';
import { ImportedRows } from './imported-rows.js';
import { Acquaintance } from './person-file.js';
import { Persons } from './persons.js';
import { type Learnt, Together } from './together.js';

const keptOrNotBy = (authority: string) => ({ recordId, sequence, state }: Pick<Result<Person, PersonEvent>, 'recordId' | 'sequence' | 'state'>): KeptOrNot => ({
  id: recordId, sequence, status: state.status, onHold: keepingOf(state, authority).legalHold !== null,
});

interface Step {
  step: DisposalStep;
  reason: string;
  learnt: Learnt;
  /** Of the rows that they and the others were imported with. */
  references: readonly string[];
}

/** Who somebody is goes by two people, with whoever was joined into them, once no record anywhere needs any of them. */
@Injectable()
export class DisposingOfPeople {
  constructor(
    private readonly changes: ChangePerson,
    private readonly persons: Persons,
    private readonly acquaintance: Acquaintance,
    private readonly together: Together,
    private readonly imported: ImportedRows,
    private readonly clock: Clock,
    @Inject(RETENTION_RULES) private readonly rules: readonly RetentionRule[],
  ) {}

  hold(asking: Asking, personId: string, body: { held: boolean; reason: string }): Promise<KeptOrNot> {
    const authority = asking.staff.authority!;
    return this.changes.execute(asking, personId, { act: { make: async (making) => ({ ...aboutLegalHold(body, making), authority }) }, view: keptOrNotBy(authority) });
  }

  /** Asked of the other services, and looked for among all imported rows, before the transaction that takes the step. */
  async dispose(asking: Asking, personId: string, { step, reason }: { step: DisposalStep; reason: string }): Promise<KeptOrNot> {
    const learnt: Learnt = step === 'decline' ? { about: { people: [], concerns: [] }, isNamedElsewhere: undefined } : await this.together.learn(personId);
    const references = step === 'confirm' ? await this.imported.referencesOf(learnt.about.people) : [];
    return this.changes.execute(asking, personId, { act: this.act(asking, personId, { step, reason, learnt, references }), view: keptOrNotBy(asking.staff.authority!) });
  }

  /** The others may be another council's, and go all the same. */
  private act(asking: Asking, personId: string, { step, reason, learnt, references }: Step): Act {
    let others: string[] = [];
    return {
      sees: 'every',
      make: async (making, tx) => {
        // Nobody is found to be them, and nothing names them, between this and the end.
        await this.acquaintance.oneAtATime(tx);
        const now = await this.together.now(tx, personId, learnt);
        others = now.others;
        return { ...aboutDisposal(step, reason, { making, known: { rules: this.rules, ...now.sides } }), authority: asking.staff.authority! };
      },
      after: async (tx, { events }) => {
        const disposed = events.map(({ event }) => event).find((event) => event.type === 'PersonDisposed');
        if (!disposed) return;
        await this.disposeOthers(tx, asking, others, disposed);
        await this.imported.forget(tx, references);
      },
    };
  }

  private async disposeOthers(tx: Tx, { staff, traceparent }: Asking, others: string[], { type: _type, ...disposed }: PersonDisposed): Promise<void> {
    const context = { authority: staff.authority, actor: staff.id, recordedAt: this.clock.now(), traceparent };
    await this.persons.handleAll(tx, others.map((recordId) => ({ recordId, command: { type: 'DisposeTogether', ...disposed }, context })));
  }
}
