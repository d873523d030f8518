import { Inject, Injectable } from '@nestjs/common';
import { InheritedRestrictions, type NamedElsewhere } from '#libs/claims';
import { Ages, authorityIn, type ExtractSource, heldAs, OrganisationsNamed, personOn, recordIdOf, type Row, type RowJudge, type Run } from '#libs/extract';
import { type Tx, Vault, Words } from '#libs/journal';
import { Clock, OPEN, type Openness, type Peer } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import type { ImportConcern } from '../../domain/concern.js';
import { legacyLimbs } from '../../domain/three-limbs.js';
import { PEOPLE } from '../tokens.js';
import { columns, type ConcernRow, judgeConcern } from './judge-concern.js';

/** What a batch is judged against, and who is named in restricted records about its people that are held elsewhere. */
interface Known {
  ages: Ages;
  elsewhere: NamedElsewhere;
}

type Taken = ConcernRow & { elsewhere: Openness };

/** concerns.csv, as this service takes it. */
@Injectable()
export class ConcernsSource implements ExtractSource<Known, Taken> {
  readonly file = 'concerns';
  readonly columns = columns;
  readonly reference = 'concern_ref';
  readonly sees = 'named';
  private readonly organisations: OrganisationsNamed;

  constructor(
    private readonly concerns: Concerns,
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
    const judged = judgeConcern(row, judge, ages);
    return { ...judged, elsewhere: judged.personReference ? elsewhere.of({ personId: recordIdOf('person', judged.personReference), authority: judged.authority }) : OPEN };
  }

  async take(tx: Tx, rows: Taken[]): Promise<void> {
    await this.organisations.keep(tx, rows.map(({ authority, referrerType, words }) => ({ authority, kind: referrerType, name: words.referrerOrganisation })));
    const recordedAt = this.clock.now();
    const inherited = await this.inherited.imported(tx, { at: recordedAt, about: rows.map(({ reference, personReference, authority, elsewhere }) => ({ recordId: recordIdOf('concern', reference), personId: recordIdOf('person', personReference), authority, elsewhere })) });
    await this.concerns.handleAll(
      tx,
      rows.map((row) => {
        const words = new Words(this.vault);
        const recordId = recordIdOf('concern', row.reference);
        return { recordId, command: { ...importConcern(row, words), ...inherited.get(recordId) }, context: { authority: row.authority, actor: null, recordedAt }, words };
      }),
    );
  }

  /** What `section42` asks about a concern: what it is here, and what was decided. */
  detail(row: ConcernRow): object {
    return { authority: row.authority, outcome: row.decision?.outcome ?? null };
  }
}

function importConcern(row: ConcernRow, words: Words): ImportConcern {
  const { decision } = row;
  const account = [row.words.narrative, row.words.referrerOrganisation && `Raised by: ${row.words.referrerOrganisation}`];
  return {
    type: 'ImportConcern',
    at: row.receivedAt,
    reference: heldAs(row.reference),
    channel: row.channel,
    referrerType: row.referrerType,
    abuseTypes: row.abuseTypes,
    locationType: row.locationType,
    sourceOfRisk: row.sourceOfRisk,
    immediateRisk: row.immediateRisk,
    account: words.keep(account.filter(Boolean).join('\n\n')),
    person: { personId: recordIdOf('person', row.personReference), ageBand: row.ageBand },
    decision: decision && {
      at: decision.at,
      outcome: decision.outcome,
      limbs: legacyLimbs(decision.limbs),
      reason: words.keep(row.words.reason),
      decidedByInWords: words.keep(row.words.decidedBy),
      notSafeguardingReason: decision.notSafeguardingReason,
    },
  };
}

