import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Identities } from '#libs/claims';
import { type Asking, shortReference } from '#libs/platform';
import type { FollowedBy } from '../../domain/codes.js';
import { type PartnersOrganisation, speakingFor } from '../../domain/referrer.js';
import { PartnersOrganisations } from '../partners-organisations.js';
import type { RaiseBody } from './bodies.js';
import { receiveConcern, wholeWishesOf } from './commands.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, raisedOf } from './view.js';

/** By what whoever raises a concern will see how it goes on; those who work here look at it itself. */
function followedBy({ staff: { roles } }: Asking): FollowedBy | undefined {
  if (roles.includes('public')) return 'code';
  return roles.includes('partner') ? 'account' : undefined;
}

/** Raising a concern, alone or with others. */
@Injectable()
export class Raising {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly identities: Identities,
    private readonly organisations: PartnersOrganisations,
  ) {}

  /** For which organisation somebody raises concerns; undefined: for none that is known. */
  organisationOf({ staff }: Asking): Promise<PartnersOrganisation | undefined> {
    return this.organisations.find(staff);
  }

  async raise(asking: Asking, given: RaiseBody): Promise<ConcernView> {
    const recordId = v7();
    const body = { ...given, referrer: speakingFor(given.referrer, await this.organisationOf(asking)) };
    return this.commands.create(
      asking,
      { recordId, authority: body.authority, isNew: true },
      (making) => {
        this.identities.keep(making.words, recordId, body.person);
        const received = receiveConcern(body, making, { reference: shortReference('SC', recordId), followedBy: followedBy(asking) });
        const wishes = wholeWishesOf(body, making);
        return wishes ? [received, { type: 'RecordWishes', at: making.now, by: making.by, wishes }] : [received];
      },
      (standing) => raisedOf(standing, asking.staff),
    );
  }
}
