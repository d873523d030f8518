import { v5 } from 'uuid';
import { Records } from '#libs/journal';
import { shortReference } from '#libs/platform';
import type { Enquiry, EnquiryCommand, EnquiryEvent } from '../domain/enquiry.js';

/** The enquiries' stories, as handlers need them. */
export class Enquiries extends Records<Enquiry, EnquiryCommand, EnquiryEvent> {}

const namespace = '5a1d4f0e-3c57-5b9e-8f4e-2b6f0a4242c9';

/** A concern has one enquiry, whoever opens it how often: its id follows from the concern's. */
export const enquiryIdOf = (concernId: string): string => v5(concernId, namespace);

/** What people call the enquiry of a concern by, until a record from another system says otherwise. */
export const enquiryReferenceOf = (concernId: string): string => shortReference('SE', enquiryIdOf(concernId));
