import type { ReadTable, Slice } from '#libs/journal';
import { enquiry, type Enquiry, type EnquiryCommand, type EnquiryEvent } from '../../domain/enquiry.js';
import { publish } from '../events/publish.js';
import { project } from './read-table.js';

/** The enquiry as a kind of record: its rules, what is published of it, its read table. */
export const enquirySlice: Slice<Enquiry, EnquiryCommand, EnquiryEvent> = { decider: enquiry, publish, project, disposes: 'EnquiryDisposed' };

/** The read tables that `project` writes. */
export const enquiryTables: ReadTable[] = [{ name: 'enquiry', record: 'id' }];
