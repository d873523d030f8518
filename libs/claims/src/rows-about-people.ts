import { Ages, authorityIn, type Columns, type ExtractSource, type NamedOrganisation, OrganisationsNamed, personOn, recordIdOf, type Row, type RowJudge, type Run } from '#libs/extract';
import { type Request, type Tx, type Vault, Words } from '#libs/journal';
import { type Clock, OPEN, type Openness, type Peer } from '#libs/platform';
import type { InheritedRestrictions, NamedElsewhere } from './inherited-restrictions.js';

/** What a batch is judged against, and who is named in restricted records about its people that are held elsewhere. */
interface Known {
  ages: Ages;
  elsewhere: NamedElsewhere;
}

/** What every row says that is a record about somebody. */
interface AboutSomebody {
  reference: string;
  personReference: string;
  authority: string;
}

/** An accepted row, and who is named in restricted records about its person that are held elsewhere. */
export interface TakenRow<Judged> {
  row: Judged;
  elsewhere: Openness;
}

/** The stories to which a row becomes a command. */
interface Stories<Command> {
  handleAll(tx: Tx, requests: Request<Command>[]): Promise<unknown>;
}

interface Given<Command> {
  stories: Stories<Command>;
  vault: Vault;
  clock: Clock;
  inherited: InheritedRestrictions;
  people: Peer;
}

/** A file whose rows are records about people: their ages are asked of `people`, and each is open from the beginning to those alone to whom others about the same person are. */
export abstract class RowsAboutPeople<Judged extends AboutSomebody, Command extends object> implements ExtractSource<Known, TakenRow<Judged>> {
  abstract readonly file: 'concerns' | 'dols';
  abstract readonly columns: Columns;
  abstract readonly reference: string;
  readonly sees = 'named';
  protected abstract readonly kind: 'concern' | 'dols_request';
  private readonly organisations: OrganisationsNamed;

  constructor(private readonly given: Given<Command>) {
    this.organisations = new OrganisationsNamed(given.vault);
  }

  protected abstract judgeRow(row: Row, judge: RowJudge, ages: Ages): Judged;
  /** The organisation that a row names. */
  protected abstract organisationOf(row: Judged): Omit<NamedOrganisation, 'authority'>;
  protected abstract commandOf(row: Judged, words: Words): Command;

  authorityOf({ cells }: Row): string | null {
    return authorityIn(cells['authority']);
  }

  async gather(rows: Row[], run: Run): Promise<Known> {
    const { people, inherited } = this.given;
    const about = rows.flatMap((row) => {
      const [person, authority] = [row.cells['person_ref'], this.authorityOf(row)];
      return person && authority !== null ? [{ personId: recordIdOf('person', person), authority }] : [];
    });
    const [ages, elsewhere] = await Promise.all([Ages.ask(people, run.id, personOn.questions(rows, 'received_at')), inherited.gather(about)]);
    return { ages, elsewhere };
  }

  judge(row: Row, judge: RowJudge, { ages, elsewhere }: Known): TakenRow<Judged> {
    const judged = this.judgeRow(row, judge, ages);
    return { row: judged, elsewhere: judged.personReference ? elsewhere.of({ personId: recordIdOf('person', judged.personReference), authority: judged.authority }) : OPEN };
  }

  async take(tx: Tx, rows: TakenRow<Judged>[]): Promise<void> {
    const { stories, vault, clock, inherited } = this.given;
    await this.organisations.keep(tx, rows.map(({ row }) => ({ authority: row.authority, ...this.organisationOf(row) })));
    const recordedAt = clock.now();
    const about = rows.map(({ row, elsewhere }) => ({ recordId: recordIdOf(this.kind, row.reference), personId: recordIdOf('person', row.personReference), authority: row.authority, elsewhere }));
    const besides = await inherited.imported(tx, { at: recordedAt, about });
    await stories.handleAll(
      tx,
      rows.map(({ row }) => {
        const words = new Words(vault);
        const recordId = recordIdOf(this.kind, row.reference);
        return { recordId, command: { ...this.commandOf(row, words), ...besides.get(recordId) }, context: { authority: row.authority, actor: null, recordedAt }, words };
      }),
    );
  }
}
