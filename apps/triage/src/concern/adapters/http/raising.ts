import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Identities } from '#libs/claims';
import { type Asking, shortReference } from '#libs/platform';
import type { RaiseBody } from './bodies.js';
import { receiveConcern, wholeWishesOf } from './commands.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, viewOf } from './view.js';

/** Raising a concern, alone or with others. */
@Injectable()
export class Raising {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly identities: Identities,
  ) {}

  raise(asking: Asking, body: RaiseBody): Promise<ConcernView> {
    const recordId = v7();
    return this.commands.create(
      asking,
      { recordId, authority: body.authority, isNew: true },
      (making) => {
        this.identities.keep(making.words, recordId, body.person);
        const received = receiveConcern(body, making, shortReference('SC', recordId));
        const wishes = wholeWishesOf(body, making);
        return wishes ? [received, { type: 'RecordWishes', at: making.now, by: making.by, wishes }] : [received];
      },
      viewOf,
    );
  }
}
