import { randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, Inject, Logger, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Instant } from '#libs/calendar';
import { RuleViolation } from '#libs/decider';
import { NotFound, type Tx } from '#libs/journal';
import { Ask, type Asking, Clock, Database, Needs, recordReading, sightOf } from '#libs/platform';
import { Notices, type SetAside } from '../persistence/notices.js';
import { type HookView, type ListedHook, Webhooks } from '../persistence/webhooks.js';
import { type TargetRules, targetTrouble } from '../webhook/targets.js';
import { TARGET_RULES } from '../webhook/webhook-settings.js';
import { webhookBody } from './bodies.js';

const programId = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/);

/** As Standard Webhooks writes secrets. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Where a partner's program is told how the concerns go on that it raised, by Standard Webhooks. */
@ApiTags('webhooks')
@Controller()
export class WebhooksController {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly webhooks: Webhooks,
    private readonly notices: Notices,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(TARGET_RULES) private readonly rules: TargetRules,
  ) {}

  @Put('webhook')
  @Needs('concern.hear')
  @ApiOperation({ summary: 'Be told of changes there from now on, and nowhere else. The answer alone says the secret that signs them; asked again, there is another' })
  async set(@Ask() asking: Asking, @Body({ schema: webhookBody }) { url }: z.infer<typeof webhookBody>): Promise<{ url: string; secret: string; setAt: Instant }> {
    const trouble = targetTrouble(new URL(url), this.rules);
    if (trouble !== undefined) throw new RuleViolation('webhook/unsafe-target', trouble);
    const { id: program, authority } = asking.staff;
    const [secret, now] = [newSecret(), this.clock.now()];
    await this.database.transaction(sightOf(asking), async (tx) => {
      await this.webhooks.set(tx, { program, authority, now }, { url, secret });
      await this.record(tx, asking, { what: 'webhook set', program, origin: new URL(url).origin });
    });
    this.logger.log({ kind: 'webhook set', program });
    return { url, secret, setAt: now };
  }

  @Get('webhook')
  @Needs('concern.hear')
  @ApiOperation({ summary: 'Where one is told, what waits, and what was set aside; without the secret' })
  view(@Ask() asking: Asking): Promise<HookView> {
    return this.database.transaction(sightOf(asking), (tx) => this.webhooks.view(tx, asking.staff.id));
  }

  @Delete('webhook')
  @Needs('concern.hear')
  @ApiOperation({ summary: 'Be told no more; what waits is forgotten' })
  async remove(@Ask() asking: Asking): Promise<HookView> {
    const { id: program } = asking.staff;
    return this.database.transaction(sightOf(asking), async (tx) => {
      if (await this.removed(tx, asking, program)) this.logger.log({ kind: 'webhook removed', program });
      return this.webhooks.view(tx, program);
    });
  }

  @Delete('webhooks/:program')
  @Needs('webhook.end')
  @ApiOperation({ summary: 'Have a program of one’s own council be told no more, such as one that others have taken over: end its credentials first' })
  async end(@Ask() asking: Asking, @Param('program', { schema: programId }) program: string): Promise<{ items: ListedHook[] }> {
    const { authority } = asking.staff;
    const items = await this.database.transaction(sightOf(asking), async (tx) => {
      if (!(await this.removed(tx, asking, program))) throw new NotFound('there is no such webhook');
      return this.webhooks.list(tx, authority);
    });
    this.logger.log({ kind: 'webhook removed', program, by: asking.staff.id });
    return { items };
  }

  @Get('webhooks')
  @Needs('webhook.list')
  @ApiOperation({ summary: 'The programs that are told of one’s own council’s concerns, what waits, and the latest that was set aside; codes alone' })
  list(@Ask() asking: Asking): Promise<{ items: ListedHook[]; setAside: SetAside[] }> {
    const { authority } = asking.staff;
    return this.database.transaction(sightOf(asking), async (tx) => ({ items: await this.webhooks.list(tx, authority), setAside: await this.notices.setAside(tx, authority) }));
  }

  /** Whether there was one to end. */
  private async removed(tx: Tx, asking: Asking, program: string): Promise<boolean> {
    const origin = await this.webhooks.remove(tx, program);
    if (origin !== undefined) await this.record(tx, asking, { what: 'webhook ended', program, origin });
    return origin !== undefined;
  }

  /** For auditors: who had a program told where, or told no more. Never the whole address, which may have a secret in it. */
  private record(tx: Tx, { staff }: Asking, { what, program, origin }: { what: string; program: string; origin: string }): Promise<void> {
    return recordReading(tx, { staff, at: this.clock.now(), recordIds: [], what, why: `${program}: ${origin}` });
  }
}
