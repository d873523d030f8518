import { Injectable } from '@nestjs/common';
import { type ExtractSource, recordIdOf, type Row, type RowJudge, type Run } from '#libs/extract';
import type { Tx } from '#libs/journal';
import { Clock } from '#libs/platform';
import { PersonFile } from '../../application/person-file.js';
import { Persons } from '../../application/persons.js';
import { BirthSeal } from './birth-seal.js';
import { columns, judgePerson, type PersonRow } from './judge-person.js';

/** people.csv, as this service takes it. */
@Injectable()
export class PeopleSource implements ExtractSource<null, PersonRow> {
  readonly file = 'people';
  readonly columns = columns;
  readonly reference = 'person_ref';
  /** A person belongs to no authority before a record of it names them. */
  readonly sees = 'every';

  constructor(
    private readonly persons: Persons,
    private readonly people: PersonFile,
    private readonly births: BirthSeal,
    private readonly clock: Clock,
  ) {}

  authorityOf(): null {
    return null;
  }

  /** People are judged by themselves. */
  async gather(): Promise<null> {
    return null;
  }

  judge(row: Row, judge: RowJudge): PersonRow {
    return judgePerson(row, judge);
  }

  async take(tx: Tx, rows: PersonRow[], run: Run): Promise<void> {
    const context = { authority: null, actor: null, recordedAt: this.clock.now() };
    const people = rows.map((row) => ({ personId: recordIdOf('person', row.reference), ...row }));
    await this.persons.handleAll(
      tx,
      people.map(({ personId, characteristics }) => ({
        recordId: personId,
        command: { type: 'ImportPerson', at: run.beganAt, ...characteristics },
        context,
      })),
    );
    await this.people.keep(tx, people);
  }

  /** What ages are judged by. */
  detail({ reference, identity }: PersonRow): object {
    return { born: identity.birthDate === null ? null : this.births.close(reference, identity.birthDate) };
  }
}
