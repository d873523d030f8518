import { Injectable } from '@nestjs/common';
import type { Standing } from '#libs/journal';
import { Clock, Database, recordReading, type Staff } from '#libs/platform';
import type { Request } from '../domain/state.js';
import { Requests } from './requests.js';

/** Reading a request, which is itself recorded before the answer leaves. */
@Injectable()
export class ReadingRequests {
  constructor(
    private readonly database: Database,
    private readonly requests: Requests,
    private readonly clock: Clock,
  ) {}

  read<View>(staff: Staff, recordId: string, how: { why: string | null; view: (standing: Standing<Request>) => View }): Promise<View> {
    return this.database.transaction(async (tx) => {
      const standing = await this.requests.get(tx, recordId, staff.authority ?? '');
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [recordId], what: 'dols_request', why: how.why });
      return how.view(standing);
    });
  }
}
