import { Inject, Injectable } from '@nestjs/common';
import { InheritedRestrictions, RowsAboutPeople, type TakenRow } from '#libs/claims';
import { type Ages, heldAs, recordIdOf, type Row, type RowJudge } from '#libs/extract';
import { Vault, type Words } from '#libs/journal';
import { Clock, type Peer } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import type { ImportConcern } from '../../domain/concern.js';
import { legacyLimbs } from '../../domain/three-limbs.js';
import { PEOPLE } from '../tokens.js';
import { columns, type ConcernRow, judgeConcern } from './judge-concern.js';

/** concerns.csv, as this service takes it. */
@Injectable()
export class ConcernsSource extends RowsAboutPeople<ConcernRow, ImportConcern> {
  readonly file = 'concerns';
  readonly columns = columns;
  readonly reference = 'concern_ref';
  protected readonly kind = 'concern';

  constructor(concerns: Concerns, vault: Vault, clock: Clock, inherited: InheritedRestrictions, @Inject(PEOPLE) people: Peer) {
    super({ stories: concerns, vault, clock, inherited, people });
  }

  /** What `section42` asks about a concern: what it is here, and what was decided. */
  detail({ row }: TakenRow<ConcernRow>): object {
    return { authority: row.authority, outcome: row.decision?.outcome ?? null };
  }

  protected judgeRow(row: Row, judge: RowJudge, ages: Ages): ConcernRow {
    return judgeConcern(row, judge, ages);
  }

  protected organisationOf({ referrerType, words }: ConcernRow) {
    return { kind: referrerType, name: words.referrerOrganisation };
  }

  protected commandOf(row: ConcernRow, words: Words): ImportConcern {
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
}
