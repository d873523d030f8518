import { setTimeout as pause } from 'node:timers/promises';
import { Body, Controller, HttpCode, HttpException, Inject, Logger, type OnApplicationBootstrap, Optional, Post, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type MadeAnew, reasons, rotate, type Rotated, type SealedRows, Vault } from '#libs/journal';
import { alone, type LetGo } from './alone.js';
import type { ServiceConfig } from './config.js';
import { Internal } from './needs.js';
import { type Tell, tellingOf } from './telling.js';
import { MaintainSource, SERVICE_CONFIG } from './tokens.js';
import { trouble } from './trouble.js';

/** What a service protects by its keys besides the keys of its records. */
export abstract class UnderOwnKeys {
  /** What it encrypts under a key of its own. */
  abstract sealed: readonly SealedRows[];
  /** What it finds things by. */
  abstract besides: readonly MadeAnew[];
  /** One without a journal has no records with keys. */
  abstract hasRecords?: false;
}

const turnMs = 500;
const asked = z.strictObject({ under: z.string().nullable() });

/** What `npm run rotate-keys` asks of every service. */
@ApiTags('internal')
@Internal('keys.change')
@Controller('internal/keys')
export class KeysController implements OnApplicationBootstrap {
  constructor(
    private readonly vault: Vault,
    private readonly maintain: MaintainSource,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
    @Optional() private readonly own?: UnderOwnKeys,
  ) {}

  /** Whoever looks after containers puts a key into the file and starts the service again: it does the rest. */
  onApplicationBootstrap(): void {
    if (this.vault.ids.length > 1) void this.afterStart().catch(trouble('keys'));
  }

  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes whatever the service’s keys protect to the first key of its file, which the caller names; tells how far it is in lines of JSON' })
  rotate(@Body({ schema: asked }) { under }: z.infer<typeof asked>): StreamableFile {
    const [first] = this.vault.look().ids;
    if (first !== under) throw new HttpException('This service reads another key file, or has not been given the one with that key.', 409);
    return tellingOf(async (tell) => {
      const letGo = await this.turn(tell);
      return this.work(tell).finally(letGo);
    });
  }

  /** Waits for whatever is being rebuilt here: perhaps for this same work, which a start goes on with. */
  private async turn(tell: Tell): Promise<LetGo> {
    for (;;) {
      const letGo = await alone(this.config, 'rebuild');
      if (letGo) return letGo;
      tell({ doing: 'waiting for what is being rebuilt' });
      await pause(turnMs);
    }
  }

  private async afterStart(): Promise<void> {
    const letGo = await alone(this.config, 'rebuild');
    if (!letGo) return;
    const { retired, ...done } = await this.work(() => {}).finally(letGo);
    new Logger('keys').log({ kind: 'keys changed', ...done, retired: retired.map((id) => id ?? 'the one without an id') });
  }

  private work(tell: Tell): Promise<Rotated> {
    const { sealed = [], besides = [], hasRecords = true } = this.own ?? {};
    return rotate({ queries: this.maintain, vault: this.vault, hasRecords, sealed: [reasons, ...sealed], besides }, tell, (ms) => pause(ms));
  }
}
