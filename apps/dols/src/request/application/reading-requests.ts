import { Injectable } from '@nestjs/common';
import { Narrative, type Standing } from '#libs/journal';
import { admit, type Asking, Clock, Database, recordReading, sightOf, whyRead } from '#libs/platform';
import type { Request } from '../domain/state.js';
import { heldOf } from './held.js';
import { Requests } from './requests.js';

/** Reading a request, which is itself recorded before the answer leaves. */
@Injectable()
export class ReadingRequests {
  constructor(
    private readonly database: Database,
    private readonly requests: Requests,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
  ) {}

  read<View>(asking: Asking, recordId: string, view: (standing: Standing<Request>) => View): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const standing = await this.requests.get(tx, recordId, null);
      admit(asking, { id: recordId, held: heldOf(standing) });
      const { state } = standing;
      const why = await whyRead(tx, asking, { record: state.status === 'absent' ? undefined : state, narrative: this.narrative });
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [recordId], what: 'dols_request', why });
      return view(standing);
    });
  }
}
