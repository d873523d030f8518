import { Injectable, Logger } from '@nestjs/common';
import { Pulse } from '#libs/journal';
import { Clock, Database, Rounds } from '#libs/platform';
import { Notices } from '../persistence/notices.js';
import { Webhooks } from '../persistence/webhooks.js';
import { NoticeLimits } from './webhook-settings.js';

const everyMs = 60_000;

/** Keeps what waits for programs, and what was set aside, from growing without end. One process of the service does. */
@Injectable()
export class NoticeBounds extends Rounds {
  protected readonly logger = new Logger('webhooks');

  constructor(
    private readonly database: Database,
    private readonly webhooks: Webhooks,
    private readonly notices: Notices,
    private readonly limits: NoticeLimits,
    private readonly pulse: Pulse,
    private readonly clock: Clock,
  ) {
    super(everyMs, 'nothing could be forgotten');
  }

  protected override get isOnDuty(): boolean {
    return this.pulse.isOnDuty;
  }

  protected override async round(): Promise<void> {
    const { mostWaiting: most } = this.limits;
    const now = this.clock.now();
    const overrun = await this.database.transaction('every', async (tx) => {
      const programs = await this.webhooks.endOverrun(tx, { most, now });
      for (const program of programs) await this.notices.setAsideAll(tx, program, { trouble: 'too_many', answered: null });
      await this.notices.forget(tx, { most, now });
      return programs;
    });
    for (const program of overrun) this.logger.warn({ kind: 'webhook ended', why: 'too_many', program });
  }
}
