import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/calendar';
import { once, raisedBy, type Sight, type Standing, type Tx, withRestricted, Words } from '#libs/journal';
import { admit, type Asking, Clock, Database, sightOf } from '#libs/platform';
import { Concerns } from '../application/concerns.js';
import { heldOf } from '../application/held.js';
import type { DangerSaid, MissingItem } from '../domain/codes.js';
import { answeredIn, type Concern } from '../domain/concern.js';
import type { Way } from './files/files.js';
import { FollowByCode } from './follow-by-code.js';

/** What whoever raised a concern writes of it besides. */
export interface More {
  /** What of what was asked they say that it answers. */
  what: MissingItem[];
  words: string;
  /** Left out where they say nothing of it. */
  inDanger?: DangerSaid | undefined;
}

/** That it was taken; the words are not repeated. */
export interface Taken {
  at: Instant;
  what: MissingItem[];
  inDanger?: DangerSaid;
}

/** Whoever raised a concern answers what was asked, or writes what else they know: as themselves, or by a code. */
@Injectable()
export class TellingMore {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
    private readonly following: FollowByCode,
    private readonly clock: Clock,
  ) {}

  async tell(asking: Asking, way: Way, more: More): Promise<Taken> {
    const own = 'following' in way ? this.following.sightOf(asking) : sightOf(asking);
    const standing = await this.database.transaction(own, (tx) => this.standing(tx, asking, way));
    const { recordId, authority } = standing;
    // Whoever follows it by another code than at first is the same, and so is what they send again.
    const request = { ...Object(asking.idempotency?.request), body: { recordId, ...more } };
    const idempotency = asking.idempotency && { ...asking.idempotency, request };
    // What is told of a concern changes tables that whoever raised it sees nothing of; whether it is theirs is asked there again.
    const telling: Sight = withRestricted([authority!, raisedBy(asking.staff.id)]);
    return this.database.transaction(telling, (tx) => once({ tx, vault: this.database.vault }, idempotency, () => this.taken(tx, { asking, way, standing }, more)), 3);
  }

  private async taken(tx: Tx, { asking, way, standing: { recordId, authority } }: { asking: Asking; way: Way; standing: Standing<Concern> }, { what, words: said, inDanger }: More): Promise<Taken> {
    // It may have been ended meanwhile.
    if ('following' in way) await this.following.followed(tx, asking, way.following);
    const { staff, traceparent } = asking;
    const [now, words] = [this.clock.now(), new Words(this.database.vault)];
    const danger = inDanger && { inDanger };
    await this.concerns.handle(tx, {
      recordId,
      command: { type: 'TellMore', at: now, by: staff.id, what, words: words.keep(said), ...danger, letInBy: 'following' in way ? 'code' : 'account' },
      context: { authority, actor: staff.id, recordedAt: now, traceparent },
      words,
      admits: (before) => admit(asking, { id: recordId, held: heldOf(before) }),
    });
    return { at: now, what: answeredIn({ what, ...danger }), ...danger };
  }

  private async standing(tx: Tx, asking: Asking, way: Way): Promise<Standing<Concern>> {
    if ('following' in way) return this.following.followed(tx, asking, way.following);
    const standing = await this.concerns.get(tx, way.recordId, null);
    admit(asking, { id: way.recordId, held: heldOf(standing) });
    return standing;
  }
}
