import { Injectable } from '@nestjs/common';
import type { Standing } from '#libs/journal';
import { Clock, Database, recordReading, type Staff } from '#libs/platform';
import type { Concern } from '../domain/concern.js';
import { Concerns } from './concerns.js';

/** Reading a concern, which is itself recorded before the answer leaves. */
@Injectable()
export class ConcernReading {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly clock: Clock,
  ) {}

  read<View>(staff: Staff, recordId: string, how: { why: string | null; view: (standing: Standing<Concern>) => View }): Promise<View> {
    return this.database.transaction(async (tx) => {
      const standing = await this.concerns.get(tx, recordId, staff.authority ?? '');
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [recordId], what: 'concern', why: how.why });
      return how.view(standing);
    });
  }

  story(staff: Staff, recordId: string): Promise<object> {
    return this.database.transaction(async (tx) => {
      const standing = await this.concerns.get(tx, recordId, staff.authority ?? '');
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [recordId], what: 'concern story', why: null });
      const events = await this.concerns.story(tx, recordId);
      return {
        id: recordId,
        sequence: standing.sequence,
        events: events.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })),
      };
    });
  }
}
