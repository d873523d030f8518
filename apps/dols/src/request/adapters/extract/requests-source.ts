import { Inject, Injectable } from '@nestjs/common';
import { InheritedRestrictions, RowsAboutPeople } from '#libs/claims';
import { type Ages, heldAs, recordIdOf, type Row, type RowJudge } from '#libs/extract';
import { Vault, type Words } from '#libs/journal';
import { Clock, type Peer } from '#libs/platform';
import { Requests } from '../../application/requests.js';
import type { ImportRequest } from '../../domain/commands.js';
import { PEOPLE } from '../tokens.js';
import { columns, judgeRequest, type RequestRow } from './judge-request.js';

/** dols.csv, as this service takes it. */
@Injectable()
export class RequestsSource extends RowsAboutPeople<RequestRow, ImportRequest> {
  readonly file = 'dols';
  readonly columns = columns;
  readonly reference = 'application_ref';
  protected readonly kind = 'dols_request';

  constructor(requests: Requests, vault: Vault, clock: Clock, inherited: InheritedRestrictions, @Inject(PEOPLE) people: Peer) {
    super({ stories: requests, vault, clock, inherited, people });
  }

  protected judgeRow(row: Row, judge: RowJudge, ages: Ages): RequestRow {
    return judgeRequest(row, judge, ages);
  }

  protected organisationOf({ words }: RequestRow) {
    return { kind: null, name: words.managingAuthority };
  }

  protected commandOf({ personReference, authority: _authority, words: said, ...row }: RequestRow, words: Words): ImportRequest {
    return {
      type: 'ImportRequest',
      ...row,
      reference: heldAs(row.reference),
      personId: recordIdOf('person', personReference),
      managingAuthority: words.keep(said.managingAuthority),
      bestInterestsAssessor: words.keep(said.bestInterestsAssessor),
    };
  }
}
