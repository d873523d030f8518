import type { Day } from '#libs/calendar';
import type { Standing } from '#libs/journal';
import { DueRecords, type Ending, type Retained } from '#libs/platform';
import type { Concern } from '../../domain/concern.js';
import { retentionOf } from '../../domain/retention.js';
import { NO_CONTACT, type RetentionBasis, type RetentionRule } from '../../domain/retention-rules.js';

/** The concerns whose retention has ended, for a person to look at before anything goes. */
export class DueConcerns extends DueRecords<Concern, RetentionBasis> {}

/** The concern, as far as its retention goes. */
export const retainedConcerns = (rules: readonly RetentionRule[]): Retained<Concern, RetentionBasis> => ({
  table: 'concern',
  begunAt: 'received_at',
  statuses: ['triaged', 'entered-in-error'],
  noContact: NO_CONTACT,
  what: 'concerns due for disposal',
  endings: (standings, on) => standings.map((standing) => endingOf(standing, on, rules)),
});

function endingOf({ state }: Standing<Concern>, on: Day, rules: readonly RetentionRule[]): Ending<RetentionBasis> | undefined {
  const retention = retentionOf(state, on, rules);
  return retention && state.status !== 'absent' ? { reference: state.story.reference, keeping: state.story, retention } : undefined;
}
