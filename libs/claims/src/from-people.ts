import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { ContractOf } from '#libs/contracts';
import { learnAliases } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Clock } from '#libs/platform';
import { Claimed } from './claimed.js';
import { Identities } from './identities.js';

/** What `people` tells: whom a record is about, and who turned out to be one person or two. */
@Controller()
export class FromPeople {
  constructor(
    private readonly claimed: Claimed,
    private readonly identities: Identities,
    private readonly clock: Clock,
  ) {}

  /** The record now knows its person, and lets go of what it kept about them. */
  @EventPattern(['safeguarding.person.identified.v1'])
  async identified(@Payload() batch: ContractOf<'safeguarding.person.identified.v1'>[], @Ctx() { manager }: MessageContext): Promise<void> {
    const { kind, records, besides } = this.claimed;
    const recordedAt = this.clock.now();
    // An age that was judged again comes later; a batch takes the last word on each record.
    const inOrder = batch.filter(({ data }) => data.recordKind === kind).toSorted((one, other) => one.sequence - other.sequence);
    const last = [...new Map(inOrder.map((one) => [one.data.recordId, one])).values()];
    const standings = await records.standings(manager, last.map(({ data }) => data.recordId));
    const authorities = new Map(standings.map(({ recordId, authority }) => [recordId, authority]));
    const ours = last.filter(({ data }) => authorities.has(data.recordId));
    const about = ours.map(({ subject, data: { recordId } }) => ({ recordId, personId: subject, authority: authorities.get(recordId)! }));
    const more = await besides(manager, about);
    await records.handleAll(
      manager,
      ours.map(({ id, time, subject, sequence, traceparent, data }) => ({
        recordId: data.recordId,
        command: { type: 'IdentifyPerson', at: time, personId: subject, personSequence: sequence, ageBand: data.ageBand, ...more.get(data.recordId) },
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
