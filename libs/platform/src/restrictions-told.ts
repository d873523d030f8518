import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { z } from 'zod';
import type { ContractOf } from '#libs/contracts';
import { learnGlass, learnKept, learnRestrictions } from '#libs/journal';
import { MessageContext } from '#libs/messaging';

/** What a message names: whoever says whom a record is about names the record beside the person. */
const naming = z.object({ subject: z.uuid(), data: z.object({ recordId: z.uuid().optional() }).catch({}) });

/** Which record of a service is open to whom a concern, or a DoLS request, is open to. */
export class Follows {
  constructor(readonly recordIdOf: (concernId: string) => string) {}

  /** Which record here a message is about, by what it says, as far as that can be read. */
  readonly recordIn = (content: unknown): string | undefined => {
    const { data: named } = naming.safeParse(content);
    return named && this.recordIdOf(named.data.recordId ?? named.subject);
  };
}

type Restricted = ContractOf<'safeguarding.concern.restricted.v1' | 'safeguarding.dols-request.restricted.v1'>;
type KeptFrom = ContractOf<'safeguarding.concern.kept-from.v1' | 'safeguarding.dols-request.kept-from.v1'>;
type GlassBroken = ContractOf<'safeguarding.concern.glass-broken.v1' | 'safeguarding.dols-request.glass-broken.v1'>;

/** What `triage` tells of whom a concern is open to: what follows from it is open to nobody else, whichever comes first. */
@Controller()
export class RestrictionsTold {
  constructor(private readonly follows: Follows) {}

  @EventPattern(['safeguarding.concern.restricted.v1'])
  async restricted(@Payload() batch: Restricted[], @Ctx() { manager }: MessageContext): Promise<void> {
    await learnRestrictions(manager, batch.map(({ sequence, data, ...about }) => ({ ...this.told(about), names: data.openTo, sequence })));
  }

  @EventPattern(['safeguarding.concern.glass-broken.v1'])
  async glassBroken(@Payload() batch: GlassBroken[], @Ctx() { manager }: MessageContext): Promise<void> {
    await learnGlass(manager, batch.map(({ data, ...about }) => ({ ...this.told(about), ...data })));
  }

  @EventPattern(['safeguarding.concern.kept-from.v1'])
  async keptFrom(@Payload() batch: KeptFrom[], @Ctx() { manager }: MessageContext): Promise<void> {
    await learnKept(manager, batch.map(({ sequence, data, ...about }) => ({ ...this.told(about), ...data, sequence })));
  }

  private told({ subject, authority, time }: { subject: string; authority: string | null; time: string }) {
    return { recordId: this.follows.recordIdOf(subject), authority: authority!, at: time };
  }
}

/** What `dols` tells of whom a request is open to. */
@Controller()
export class RequestRestrictionsTold extends RestrictionsTold {
  @EventPattern(['safeguarding.dols-request.restricted.v1'])
  override restricted(@Payload() batch: Restricted[], @Ctx() context: MessageContext): Promise<void> {
    return super.restricted(batch, context);
  }

  @EventPattern(['safeguarding.dols-request.kept-from.v1'])
  override keptFrom(@Payload() batch: KeptFrom[], @Ctx() context: MessageContext): Promise<void> {
    return super.keptFrom(batch, context);
  }

  @EventPattern(['safeguarding.dols-request.glass-broken.v1'])
  override glassBroken(@Payload() batch: GlassBroken[], @Ctx() context: MessageContext): Promise<void> {
    return super.glassBroken(batch, context);
  }
}
