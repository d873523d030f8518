import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { ContractOf } from '#libs/contracts';
import { MessageContext } from '#libs/messaging';
import { learnPlaces } from '../persistence/known-places.js';

type PlaceContract = ContractOf<'safeguarding.place.registered.v1' | 'safeguarding.place.entered-in-error.v1'>;

/** What the directory tells of places: which there are. What it knows of them, and what they are called, stays there. */
@Controller()
export class PlacesTold {
  @EventPattern(['safeguarding.place.registered.v1', 'safeguarding.place.entered-in-error.v1'])
  async places(@Payload() batch: PlaceContract[], @Ctx() { manager }: MessageContext): Promise<void> {
    await learnPlaces(manager, batch.map(({ type, subject, authority }) => ({ id: subject, authority: authority!, inError: type === 'safeguarding.place.entered-in-error.v1' })));
  }
}
