import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { ContractOf } from '#libs/contracts';
import { learnAliases } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Clock } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';
import { Identities } from '../../application/identities.js';

/** What `people` tells: whom a concern is about, and who turned out to be one person or two. */
@Controller()
export class FromPeople {
  constructor(
    private readonly concerns: Concerns,
    private readonly identities: Identities,
    private readonly clock: Clock,
  ) {}

  /** The concern now knows its person, and lets go of what it kept about them. */
  @EventPattern(['safeguarding.person.identified.v1'])
  async identified(@Payload() batch: ContractOf<'safeguarding.person.identified.v1'>[], @Ctx() { manager }: MessageContext): Promise<void> {
    const recordedAt = this.clock.now();
    // An age that was judged again comes later; a batch takes the last word on each concern.
    const inOrder = batch.filter(({ data }) => data.recordKind === 'concern').toSorted((one, other) => one.sequence - other.sequence);
    const ours = [...new Map(inOrder.map((one) => [one.data.recordId, one])).values()];
    const standings = await this.concerns.standings(manager, ours.map(({ data }) => data.recordId));
    const authorities = new Map(standings.map(({ recordId, authority }) => [recordId, authority]));
    await this.concerns.handleAll(
      manager,
      ours
        .filter(({ data }) => authorities.has(data.recordId))
        .map(({ id, time, subject, sequence, traceparent, data }) => ({
          recordId: data.recordId,
          command: { type: 'IdentifyPerson', at: time, personId: subject, personSequence: sequence, ageBand: data.ageBand },
          context: { authority: authorities.get(data.recordId)!, actor: null, recordedAt, causationId: id, traceparent },
        })),
    );
    await this.identities.letGo(manager, ours.map(({ data }) => data.recordId));
  }

  @EventPattern(['safeguarding.person.joined.v1', 'safeguarding.person.separated.v1'])
  async aliases(
    @Payload() batch: ContractOf<'safeguarding.person.joined.v1' | 'safeguarding.person.separated.v1'>[],
    @Ctx() { manager }: MessageContext,
  ): Promise<void> {
    await learnAliases(
      manager,
      batch.map((one) => ({
        personId: one.subject,
        into: one.type === 'safeguarding.person.joined.v1' ? one.data.into : null,
        sequence: one.sequence,
      })),
    );
  }
}
