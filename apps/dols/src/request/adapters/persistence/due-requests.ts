import type { Day } from '#libs/calendar';
import type { Standing } from '#libs/journal';
import { DueRecords, type Ending, type Retained } from '#libs/platform';
import { heldOf } from '../../application/held.js';
import { endOf, retentionOf } from '../../domain/retention.js';
import { NO_CONTACT, type RetentionBasis, type RetentionRule } from '../../domain/retention-rules.js';
import type { Request } from '../../domain/state.js';

/** The requests whose retention has ended, for a person to look at before anything goes. */
export class DueRequests extends DueRecords<Request, RetentionBasis> {}

/** The request, as far as its retention goes. */
export const retainedRequests = (rules: readonly RetentionRule[]): Retained<Request, RetentionBasis> => ({
  noun: 'a DoLS request',
  plural: 'DoLS requests',
  table: 'dols_request',
  begunAt: 'received_at',
  statuses: ['decided', 'authorised', 'ended', 'entered-in-error'],
  noContact: NO_CONTACT,
  held: heldOf,
  endings: (standings, on) => standings.map((standing) => endingOf(standing, on, rules)),
});

function endingOf({ state }: Standing<Request>, on: Day, rules: readonly RetentionRule[]): Ending<RetentionBasis> | undefined {
  if (state.status === 'absent') return undefined;
  const { reference, receivedAt } = state.details;
  const decided = 'decidedAt' in state ? { decidedAt: state.decidedAt, outcome: state.status === 'decided' ? state.outcome : 'granted', endedOn: endOf(state) } : {};
  return { reference, status: state.status, keeping: state, retention: retentionOf(state, on, rules), codes: { receivedAt, ...decided, personId: state.person?.personId ?? null } };
}
