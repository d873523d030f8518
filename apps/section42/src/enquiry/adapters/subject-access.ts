import { because, type Flags, ofConcerns } from '#libs/subject-access';
import { enquiryIdOf } from '../application/enquiries.js';
import { heldOf } from '../application/held.js';
import type { Enquiry } from '../domain/enquiry.js';

/** What the fields of an enquiry say of others. */
const flags: Flags = {
  risks: because.source,
  'EnquiryCaused.agency': null,
};

/** What an enquiry tells about the person of its concern. */
export const heldInEnquiries = {
  held: heldOf,
  referenceOf: (state: Enquiry): string => (state.status === 'absent' ? '' : state.story.reference),
  telling: { service: 'section42', record: 'enquiry', flags },
  find: ofConcerns('enquiry', enquiryIdOf),
};
