import type { Day } from '#libs/calendar';
import type { Standing } from '#libs/journal';
import { DueRecords, type Ending, type Retained } from '#libs/platform';
import type { HeldWith } from '#libs/retention';
import { heldAmong, type HeldConcerns } from '../../application/held-concerns.js';
import { heldOf } from '../../application/held.js';
import type { Enquiry } from '../../domain/enquiry.js';
import { retentionOf } from '../../domain/retention.js';
import { NO_CONTACT, type RetentionBasis, type RetentionRule } from '../../domain/retention-rules.js';

/** The enquiries whose retention has ended, for a person to look at before anything goes. */
export class DueEnquiries extends DueRecords<Enquiry, RetentionBasis> {}

/** The enquiry, as far as its retention goes. */
export const retainedEnquiries = (rules: readonly RetentionRule[], concerns: HeldConcerns): Retained<Enquiry, RetentionBasis> => ({
  noun: 'an enquiry',
  plural: 'enquiries',
  table: 'enquiry',
  begunAt: 'opened_at',
  statuses: ['concluded', 'entered-in-error'],
  noContact: NO_CONTACT,
  held: heldOf,
  async endings(standings, on) {
    const held = await concerns.among(standings.flatMap(({ state }) => (state.status === 'absent' ? [] : [state.story.concernId])));
    return standings.map((standing) => endingOf(standing, on, { rules, held }));
  },
});

function endingOf({ state }: Standing<Enquiry>, on: Day, { rules, held }: { rules: readonly RetentionRule[]; held: ReadonlySet<string> | undefined }): Ending<RetentionBasis> | undefined {
  if (state.status === 'absent') return undefined;
  const { reference, concernId, kind, openedAt, conductedBy } = state.story;
  const concluded = state.status === 'concluded' ? { concludedAt: state.conclusion.at } : {};
  const heldWith: HeldWith = state.status === 'disposed' ? 'no' : heldAmong(held, concernId);
  return { reference, status: state.status, heldWith, keeping: state.story, retention: retentionOf(state, on, rules), codes: { kind, openedAt, ...concluded, conductedBy, concernId } };
}
