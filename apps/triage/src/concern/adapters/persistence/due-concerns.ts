import type { Day } from '#libs/calendar';
import type { Standing } from '#libs/journal';
import { DueRecords, type Ending, type Retained } from '#libs/platform';
import type { HeldWith } from '#libs/retention';
import type { GoneEnquiries, ItsEnquiry } from '../../application/gone-enquiries.js';
import { heldOf } from '../../application/held.js';
import type { Concern } from '../../domain/concern.js';
import { hasEnquiry, retentionOf, type Schedule } from '../../domain/retention.js';
import { NO_CONTACT, type RetentionBasis, type RetentionRule } from '../../domain/retention-rules.js';

/** The concerns whose retention has ended, for a person to look at before anything goes. */
export class DueConcerns extends DueRecords<Concern, RetentionBasis> {}

/** The concern, as far as its retention goes. */
export const retainedConcerns = (rules: readonly RetentionRule[], gone: GoneEnquiries): Retained<Concern, RetentionBasis> => ({
  noun: 'a concern',
  plural: 'concerns',
  table: 'concern',
  begunAt: 'received_at',
  statuses: ['triaged', 'entered-in-error'],
  noContact: NO_CONTACT,
  held: heldOf,
  async endings(standings, on) {
    const enquiries = await gone.of(standings.flatMap(({ recordId, state }) => (hasEnquiry(state) ? [recordId] : [])));
    return standings.map((standing) => endingOf(standing, on, { rules, enquiries }));
  },
});

interface Known extends Pick<Schedule, 'rules'> {
  enquiries: ReadonlyMap<string, ItsEnquiry> | undefined;
}

function endingOf({ recordId, state }: Standing<Concern>, on: Day, { rules, enquiries }: Known): Ending<RetentionBasis> | undefined {
  if (state.status === 'absent') return undefined;
  const { story, status } = state;
  const enquiry = enquiries?.get(recordId);
  const isEnquiryGone = enquiry?.isDisposed ?? false;
  const decided = status === 'triaged' ? { outcome: state.decision.outcome, decidedAt: state.decision.at } : {};
  const codes = { receivedAt: story.receivedAt, ...decided, hasEnquiry: hasEnquiry(state), isEnquiryGone, enquiryId: enquiry?.enquiryId ?? null, personId: story.personId };
  return { reference: story.reference, status, keeping: story, retention: retentionOf(state, on, { rules, isEnquiryGone }), heldWith: heldWith(state, { enquiry, isKnown: enquiries !== undefined }), codes };
}

function heldWith(state: Concern, { enquiry, isKnown }: { enquiry: ItsEnquiry | undefined; isKnown: boolean }): HeldWith {
  if (!hasEnquiry(state) || state.status === 'disposed') return 'no';
  if (!isKnown) return 'not_known';
  return enquiry?.onHold ? 'yes' : 'no';
}
