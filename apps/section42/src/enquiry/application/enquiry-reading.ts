import { Injectable } from '@nestjs/common';
import type { Standing, Tx } from '#libs/journal';
import { Clock, Database, recordReading, type Staff } from '#libs/platform';
import type { Enquiry } from '../domain/enquiry.js';
import { Enquiries, enquiryIdOf } from './enquiries.js';

interface How<View> {
  why: string | null;
  view: (standing: Standing<Enquiry>) => View;
}

/** Reading an enquiry, which is itself recorded before the answer leaves. */
@Injectable()
export class EnquiryReading {
  constructor(
    private readonly database: Database,
    private readonly enquiries: Enquiries,
    private readonly clock: Clock,
  ) {}

  read<View>(staff: Staff, recordId: string, how: How<View>): Promise<View> {
    return this.database.transaction(async (tx) => {
      const standing = await this.enquiries.get(tx, recordId, staff.authority ?? '');
      await this.record(tx, { staff, recordId, what: 'enquiry', why: how.why });
      return how.view(standing);
    });
  }

  /** The enquiry of a concern: one, or none that this person may know of. */
  ofConcern<View>(staff: Staff, concernId: string, how: How<View>): Promise<View[]> {
    return this.database.transaction(async (tx) => {
      const recordId = enquiryIdOf(concernId);
      const found = (await this.enquiries.standings(tx, [recordId])).filter(({ authority }) => authority === staff.authority);
      if (found.length > 0) await this.record(tx, { staff, recordId, what: 'enquiry', why: how.why });
      return found.map(how.view);
    });
  }

  story(staff: Staff, recordId: string): Promise<object> {
    return this.database.transaction(async (tx) => {
      const standing = await this.enquiries.get(tx, recordId, staff.authority ?? '');
      await this.record(tx, { staff, recordId, what: 'enquiry story', why: null });
      const events = await this.enquiries.story(tx, recordId);
      return {
        id: recordId,
        sequence: standing.sequence,
        events: events.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })),
      };
    });
  }

  private record(tx: Tx, { recordId, ...reading }: { staff: Staff; recordId: string; what: string; why: string | null }): Promise<void> {
    return recordReading(tx, { ...reading, at: this.clock.now(), recordIds: [recordId] });
  }
}
