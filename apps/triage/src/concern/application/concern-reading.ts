import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { fold } from '#libs/decider';
import { inOneGo, Narrative, type Revealed, type Standing, type Stored, type Told, type Tx } from '#libs/journal';
import { admit, type Asking, Clock, Database, recordReading, sightOf, whyRead } from '#libs/platform';
import { concern, type Concern, type ConcernEvent } from '../domain/concern.js';
import { lookedAtBy } from '../domain/second-look.js';
import { Concerns } from './concerns.js';
import { heldOf } from './held.js';

/** A concern with its words, at a moment. */
export interface Whole {
  standing: Standing<Concern>;
  story: Revealed<Stored<ConcernEvent>[]>;
  now: Instant;
}

/** Whether somebody has opened a concern since it was decided. */
export type HasSeen = (tx: Tx, recordId: string, by: string) => Promise<boolean>;

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
    return this.database.transaction(sightOf(asking), async (tx) => view((await this.opened(tx, asking, { recordId, what: 'concern' })).standing));
  }

  /** How a concern goes on, for whoever raised it. */
  followed<View>(asking: Asking, recordId: string, view: (standing: Standing<Concern>) => View): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => view(await this.concerns.followed(tx, (await this.opened(tx, asking, { recordId, what: 'concern' })).standing)));
  }

  /** Where a concern stands, and all that was said and done, word for word. */
  whole<View>(asking: Asking, recordId: string, view: (whole: Whole, tx: Tx) => Promise<View>): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.admitted(tx, asking, recordId);
      const [, revealed] = await inOneGo(tx, [() => this.record(tx, asking, { standing, what: 'concern case' }), () => this.narrative.reveal(tx, story)]);
      return view({ standing, story: revealed, now: this.clock.now() }, tx);
    });
  }

  /** A concern as it was before the decision that somebody may look at again, so that they judge it afresh: neither what was decided nor what was judged on the way there, nor what came later. */
  blind<View>(asking: Asking, { recordId, hasSeen }: { recordId: string; hasSeen: HasSeen }, view: (whole: Whole, tx: Tx) => Promise<View>): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.admitted(tx, asking, recordId);
      lookedAtBy(standing.state, { by: asking.staff.id, hasSeen: await hasSeen(tx, recordId, asking.staff.id) });
      await this.record(tx, asking, { standing, what: 'second look' });
      const before = story.slice(0, story.findLastIndex(({ event }) => event.type === 'ConcernTriaged')).filter(({ event }) => event.type !== 'LimbsConsidered');
      const state = fold(concern, before.map(({ event }) => event));
      return view({ standing: { ...standing, state }, story: await this.narrative.reveal(tx, before), now: this.clock.now() }, tx);
    });
  }

  story(asking: Asking, recordId: string): Promise<object> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.opened(tx, asking, { recordId, what: 'concern story' });
      return {
        id: recordId,
        sequence: standing.sequence,
        events: story.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })),
      };
    });
  }

  private async opened(tx: Tx, asking: Asking, { recordId, what }: { recordId: string; what: string }): Promise<Told<Concern, ConcernEvent>> {
    const told = await this.admitted(tx, asking, recordId);
    await this.record(tx, asking, { standing: told.standing, what });
    return told;
  }

  private async admitted(tx: Tx, asking: Asking, recordId: string): Promise<Told<Concern, ConcernEvent>> {
    const told = await this.concerns.told(tx, recordId);
    admit(asking, { id: recordId, held: heldOf(told.standing) });
    return told;
  }

  /** Records that somebody was shown something of a concern; the reason of whoever broke a glass is that of each reading. */
  async record(tx: Tx, asking: Asking, { standing: { recordId, state }, what }: { standing: Standing<Concern>; what: string }): Promise<void> {
    const why = await whyRead(tx, asking, { record: state.status === 'absent' ? undefined : state.story, narrative: this.narrative });
    await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [recordId], what, why });
  }
}
