import { Inject, Injectable } from '@nestjs/common';
import { Ages, authorityIn, type ExtractSource, heldAs, OrganisationsNamed, personOn, recordIdOf, type Row, type RowJudge, type Run } from '#libs/extract';
import { type Tx, Vault, Words } from '#libs/journal';
import { Clock, type Peer, restrictedTo } from '#libs/platform';
import { Requests } from '../../application/requests.js';
import type { ImportRequest } from '../../domain/commands.js';
import { restrictedRequests } from '../persistence/slice.js';
import { PEOPLE } from '../tokens.js';
import { columns, judgeRequest, type RequestRow } from './judge-request.js';

/** dols.csv, as this service takes it. */
@Injectable()
export class RequestsSource implements ExtractSource<Ages, RequestRow> {
  readonly file = 'dols';
  readonly columns = columns;
  readonly reference = 'application_ref';
  readonly sees = 'named';
  private readonly organisations: OrganisationsNamed;

  constructor(
    private readonly requests: Requests,
    private readonly vault: Vault,
    private readonly clock: Clock,
    @Inject(PEOPLE) private readonly people: Peer,
  ) {
    this.organisations = new OrganisationsNamed(vault);
  }

  authorityOf({ cells }: Row): string | null {
    return authorityIn(cells['authority']);
  }

  gather(rows: Row[], run: Run): Promise<Ages> {
    return Ages.ask(this.people, run.id, personOn.questions(rows, 'received_at'));
  }

  judge(row: Row, judge: RowJudge, ages: Ages): RequestRow {
    return judgeRequest(row, judge, ages);
  }

  async take(tx: Tx, rows: RequestRow[]): Promise<void> {
    await this.organisations.keep(tx, rows.map(({ authority, words }) => ({ authority, kind: null, name: words.managingAuthority })));
    const recordedAt = this.clock.now();
    const restricted = await restrictedTo(tx, rows.map(({ reference, personReference, authority }) => ({ recordId: recordIdOf('dols_request', reference), personId: recordIdOf('person', personReference), authority })), restrictedRequests);
    await this.requests.handleAll(
      tx,
      rows.map((row) => {
        const words = new Words(this.vault);
        const recordId = recordIdOf('dols_request', row.reference);
        const names = restricted.get(recordId);
        return { recordId, command: { ...importRequest(row, words), ...(names && { restricted: { at: recordedAt, names } }) }, context: { authority: row.authority, actor: null, recordedAt }, words };
      }),
    );
  }
}

function importRequest({ personReference, authority: _authority, words: said, ...row }: RequestRow, words: Words): ImportRequest {
  return {
    type: 'ImportRequest',
    ...row,
    reference: heldAs(row.reference),
    personId: recordIdOf('person', personReference),
    managingAuthority: words.keep(said.managingAuthority),
    bestInterestsAssessor: words.keep(said.bestInterestsAssessor),
  };
}
