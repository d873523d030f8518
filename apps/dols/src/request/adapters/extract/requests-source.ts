import { Inject, Injectable } from '@nestjs/common';
import { InheritedRestrictions, type NamedElsewhere } from '#libs/claims';
import { Ages, authorityIn, type ExtractSource, heldAs, OrganisationsNamed, personOn, recordIdOf, type Row, type RowJudge, type Run } from '#libs/extract';
import { type Tx, Vault, Words } from '#libs/journal';
import { Clock, OPEN, type Openness, type Peer } from '#libs/platform';
import { Requests } from '../../application/requests.js';
import type { ImportRequest } from '../../domain/commands.js';
import { PEOPLE } from '../tokens.js';
import { columns, judgeRequest, type RequestRow } from './judge-request.js';

/** What a batch is judged against, and who is named in restricted records about its people that are held elsewhere. */
interface Known {
  ages: Ages;
  elsewhere: NamedElsewhere;
}

type Taken = RequestRow & { elsewhere: Openness };

/** dols.csv, as this service takes it. */
@Injectable()
export class RequestsSource implements ExtractSource<Known, Taken> {
  readonly file = 'dols';
  readonly columns = columns;
  readonly reference = 'application_ref';
  readonly sees = 'named';
  private readonly organisations: OrganisationsNamed;

  constructor(
    private readonly requests: Requests,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly inherited: InheritedRestrictions,
    @Inject(PEOPLE) private readonly people: Peer,
  ) {
    this.organisations = new OrganisationsNamed(vault);
  }

  authorityOf({ cells }: Row): string | null {
    return authorityIn(cells['authority']);
  }

  async gather(rows: Row[], run: Run): Promise<Known> {
    const about = rows.flatMap((row) => {
      const [person, authority] = [row.cells['person_ref'], this.authorityOf(row)];
      return person && authority !== null ? [{ personId: recordIdOf('person', person), authority }] : [];
    });
    const [ages, elsewhere] = await Promise.all([Ages.ask(this.people, run.id, personOn.questions(rows, 'received_at')), this.inherited.gather(about)]);
    return { ages, elsewhere };
  }

  judge(row: Row, judge: RowJudge, { ages, elsewhere }: Known): Taken {
    const judged = judgeRequest(row, judge, ages);
    return { ...judged, elsewhere: judged.personReference ? elsewhere.of({ personId: recordIdOf('person', judged.personReference), authority: judged.authority }) : OPEN };
  }

  async take(tx: Tx, rows: Taken[]): Promise<void> {
    await this.organisations.keep(tx, rows.map(({ authority, words }) => ({ authority, kind: null, name: words.managingAuthority })));
    const recordedAt = this.clock.now();
    const inherited = await this.inherited.imported(tx, { at: recordedAt, about: rows.map(({ reference, personReference, authority, elsewhere }) => ({ recordId: recordIdOf('dols_request', reference), personId: recordIdOf('person', personReference), authority, elsewhere })) });
    await this.requests.handleAll(
      tx,
      rows.map((row) => {
        const words = new Words(this.vault);
        const recordId = recordIdOf('dols_request', row.reference);
        return { recordId, command: { ...importRequest(row, words), ...inherited.get(recordId) }, context: { authority: row.authority, actor: null, recordedAt }, words };
      }),
    );
  }
}

function importRequest({ personReference, authority: _authority, words: said, elsewhere: _elsewhere, ...row }: Taken, words: Words): ImportRequest {
  return {
    type: 'ImportRequest',
    ...row,
    reference: heldAs(row.reference),
    personId: recordIdOf('person', personReference),
    managingAuthority: words.keep(said.managingAuthority),
    bestInterestsAssessor: words.keep(said.bestInterestsAssessor),
  };
}
