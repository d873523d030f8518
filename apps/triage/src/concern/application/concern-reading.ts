import { Injectable } from '@nestjs/common';
import { scopeOf } from '#libs/access';
import type { Instant } from '#libs/calendar';
import { fold } from '#libs/decider';
import { inOneGo, Narrative, type Revealed, type Standing, type Stored, type Told, type Tx } from '#libs/journal';
import { admit, type Asking, Clock, Database, recordReading, sightOf, type Staff, whyRead } from '#libs/platform';
import { concern, type Concern, type ConcernEvent } from '../domain/concern.js';
import { writtenTo } from '../domain/following.js';
import { isTheirs, lookedAtBy, needsLeave } from '../domain/second-look.js';
import { Concerns } from './concerns.js';
import { heldOf } from './held.js';

/** A concern with its words, at a moment. */
export interface Whole {
  standing: Standing<Concern>;
  story: Revealed<Stored<ConcernEvent>[]>;
  now: Instant;
}

/** Who knows what was decided. */
export abstract class DecisionsSeen {
  /** Whether somebody was shown a concern since it was decided. */
  abstract hasSeen(tx: Tx, recordId: string, by: string): Promise<boolean>;
}

/** A concern that somebody wants to open; `leavesLook`: also where they could decide it again blind, which they then leave to a colleague. */
export interface Opening {
  recordId: string;
  leavesLook: boolean;
}

/** Reading a concern, which is itself recorded before the answer leaves. */
@Injectable()
export class ConcernReading {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly narrative: Narrative,
    private readonly clock: Clock,
    private readonly seen: DecisionsSeen,
  ) {}

  read<View>(asking: Asking, opening: Opening, view: (standing: Standing<Concern>) => View): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => view((await this.opened(tx, asking, { ...opening, what: 'concern' })).standing));
  }

  /** How a concern goes on, for whoever raised it: they learn nothing of what was decided. */
  followed<View>(asking: Asking, recordId: string, view: (standing: Standing<Concern>, message: string | null) => View): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const standing = await this.concerns.followed(tx, (await this.opened(tx, asking, { recordId, leavesLook: true, what: 'concern' })).standing);
      const { message } = await this.narrative.reveal(tx, { message: writtenTo(standing.state) });
      return view(standing, message);
    });
  }

  /** Where a concern stands, and all that was said and done, word for word. */
  whole<View>(asking: Asking, opening: Opening, view: (whole: Whole, tx: Tx) => Promise<View>): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.meant(tx, asking, opening);
      const [, revealed] = await inOneGo(tx, [() => this.record(tx, asking, { standing, what: 'concern case' }), () => this.narrative.reveal(tx, story)]);
      return view({ standing, story: revealed, now: this.clock.now() }, tx);
    });
  }

  /** A concern as it was before the decision that somebody may look at again, so that they judge it afresh: neither what was decided nor what was told with it, nor what was judged on the way there, nor what came later. */
  blind<View>(asking: Asking, recordId: string, view: (whole: Whole, tx: Tx) => Promise<View>): Promise<View> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.admitted(tx, asking, recordId);
      lookedAtBy(standing.state, { by: asking.staff.id, hasSeen: await this.seen.hasSeen(tx, recordId, asking.staff.id) });
      await this.record(tx, asking, { standing, what: 'second look' });
      const before = knownBefore(story);
      const state = fold(concern, before.map(({ event }) => event));
      return view({ standing: { ...standing, state }, story: await this.narrative.reveal(tx, before), now: this.clock.now() }, tx);
    });
  }

  /** At which version a concern is and what goes on around it, which tells nothing of it: no reading is recorded. */
  version<Around>(asking: Asking, recordId: string, around: (tx: Tx, now: Instant) => Promise<Around>): Promise<{ sequence: number } & Around> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing } = await this.admitted(tx, asking, recordId);
      return { sequence: standing.sequence, ...(await around(tx, this.clock.now())) };
    });
  }

  story(asking: Asking, opening: Opening): Promise<object> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const { standing, story } = await this.opened(tx, asking, { ...opening, what: 'concern story' });
      return {
        id: standing.recordId,
        sequence: standing.sequence,
        events: story.map(({ sequence, recordedAt, actor, event }) => ({ sequence, type: event.type, at: event.at, recordedAt, actor })),
      };
    });
  }

  private async opened(tx: Tx, asking: Asking, { what, ...opening }: Opening & { what: string }): Promise<Told<Concern, ConcernEvent>> {
    const told = await this.meant(tx, asking, opening);
    await this.record(tx, asking, { standing: told.standing, what });
    return told;
  }

  /** What somebody opens who loses nothing by it, or says that they mean it: who knows a decision cannot make it again blind. */
  private async meant(tx: Tx, asking: Asking, { recordId, leavesLook }: Opening): Promise<Told<Concern, ConcernEvent>> {
    const told = await this.admitted(tx, asking, recordId);
    const { staff } = asking;
    if (leavesLook || !mayLookAgain(staff) || !isTheirs(told.standing.state, { by: staff.id, hasSeen: false })) return told;
    return (await this.seen.hasSeen(tx, recordId, staff.id)) ? told : needsLeave();
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

const mayLookAgain = ({ roles }: Staff): boolean => roles.some((role) => scopeOf('concern.look_again', role) === 'any');

/** Acts that tell how whoever decided came to it, or who that was. */
const ON_THE_WAY: readonly ConcernEvent['type'][] = ['LimbsConsidered', 'ConcernAssigned'];

/** What was known of a concern before the last decision on it. What was told with that decision was recorded at the same moment by the same person. */
function knownBefore(story: Stored<ConcernEvent>[]): Stored<ConcernEvent>[] {
  const decision = story.findLast(({ event }) => event.type === 'ConcernTriaged');
  return story.filter(({ sequence, recordedAt, actor, event }) =>
    decision !== undefined && sequence < decision.sequence && !(recordedAt === decision.recordedAt && actor === decision.actor) && !ON_THE_WAY.includes(event.type));
}
