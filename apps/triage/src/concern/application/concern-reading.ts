import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { Narrative, type Revealed, type Standing, type Stored, type Tx } from '#libs/journal';
import { admit, type Asking, Clock, Database, recordReading } from '#libs/platform';
import type { Concern, ConcernEvent } from '../domain/concern.js';
import { Concerns } from './concerns.js';
import { heldOf } from './held.js';

/** A concern with its words, at a moment. */
export interface Whole {
  standing: Standing<Concern>;
  story: Revealed<Stored<ConcernEvent>[]>;
  now: Instant;
}

/** Reading a concern, which is itself recorded before the answer leaves. */
@Injectable()
export class ConcernReading {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
  ) {}

  read<View>(asking: Asking, recordId: string, view: (standing: Standing<Concern>) => View): Promise<View> {
    return this.database.transaction(async (tx) => view(await this.opened(tx, asking, { recordId, what: 'concern' })));
  }

  /** Where a concern stands, and all that was said and done, word for word. */
  whole<View>(asking: Asking, recordId: string, view: (whole: Whole, tx: Tx) => Promise<View>): Promise<View> {
    return this.database.transaction(async (tx) => {
      const standing = await this.opened(tx, asking, { recordId, what: 'concern case' });
      const story = await this.narrative.reveal(tx, await this.concerns.story(tx, recordId));
      return view({ standing, story, now: this.clock.now() }, tx);
    });
  }

  story(asking: Asking, recordId: string): Promise<object> {
    return this.database.transaction(async (tx) => {
      const standing = await this.opened(tx, asking, { recordId, what: 'concern story' });
      const events = await this.concerns.story(tx, recordId);
      return {
        id: recordId,
        sequence: standing.sequence,
        events: events.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })),
      };
    });
  }

  private async opened(tx: Tx, asking: Asking, { recordId, what }: { recordId: string; what: string }): Promise<Standing<Concern>> {
    const standing = await this.concerns.get(tx, recordId, null);
    admit(asking, { id: recordId, held: heldOf(standing) });
    await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [recordId], what, why: asking.why });
    return standing;
  }
}
