import { Inject, Injectable } from '@nestjs/common';
import { addDays, addYears, type Day, type Instant, londonDay, startOfDay } from '#libs/calendar';
import type { Standing } from '#libs/journal';
import { type Asking, Clock, Database, listedAuthority, recordReading, sightOf } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import type { Concern } from '../../domain/concern.js';
import { retentionOf } from '../../domain/retention.js';
import { NO_CONTACT, type RetentionBasis, type RetentionRule } from '../../domain/retention-rules.js';
import { RETENTION_RULES } from '../retention-file.js';

export interface DueConcern extends RetentionBasis {
  id: string;
  reference: string;
  sequence: number;
  onHold: boolean;
  proposedBy: string | null;
}

export interface DuePage {
  items: DueConcern[];
  /** The concern after which the next page begins; null at the end. */
  next: string | null;
  asOf: Day;
}

/** What nobody has dealt with for as long as the shortest rule says: whether its time has come is for the rules to say, one by one. */
const quiet = `
select id from concern
where authority = $1 and status in ('triaged', 'entered-in-error') and received_at < $2 and ($3::uuid is null or id > $3)
  and not exists (select from journal where record_id = concern.id and occurred_at >= $2 and type <> all($5))
order by id limit $4`;

/** The concerns whose retention has ended, for a person to look at before anything goes. */
@Injectable()
export class DueConcerns {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly clock: Clock,
    @Inject(RETENTION_RULES) private readonly rules: readonly RetentionRule[],
  ) {}

  /** A page of them in the own council, those under a legal hold among them. The reading is recorded. */
  page(asking: Asking, { after, limit }: { after?: string | undefined; limit: number }): Promise<DuePage> {
    const authority = listedAuthority(asking, undefined);
    const now = this.clock.now();
    const asOf = londonDay(now);
    return this.database.transaction(sightOf(asking), async (tx) => {
      const rows: { id: string }[] = await tx.query(quiet, [authority, this.latest(asOf), after ?? null, limit + 1, NO_CONTACT]);
      const ids = rows.slice(0, limit).map(({ id }) => id);
      const items = (await this.concerns.standings(tx, ids)).flatMap((standing) => this.dueOf(standing, asOf)).toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
      if (items.length > 0) await recordReading(tx, { staff: asking.staff, at: now, recordIds: items.map(({ id }) => id), what: 'concerns due for disposal', why: asking.why });
      return { items, next: rows.length > limit ? ids.at(-1)! : null, asOf };
    });
  }

  /** Nothing that was dealt with since then can be due, by any rule. */
  private latest(asOf: Day): Instant {
    const fewest = Math.min(...this.rules.map(({ years }) => years));
    return startOfDay(addDays(addYears(asOf, -fewest), 2));
  }

  private dueOf({ recordId, sequence, state }: Standing<Concern>, asOf: Day): DueConcern[] {
    const retention = retentionOf(state, asOf, this.rules);
    if (!retention || retention.dueOn > asOf || state.status === 'absent') return [];
    const { reference, legalHold, disposalProposal } = state.story;
    return [{ id: recordId, reference, sequence, ...retention, onHold: legalHold !== null, proposedBy: disposalProposal?.by ?? null }];
  }
}
