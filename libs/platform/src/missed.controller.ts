import { Controller, HttpCode, Inject, Post, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { aloneRebuilding } from './alone.js';
import type { ServiceConfig } from './config.js';
import { MissedMessages } from './missed-messages.js';
import { Internal } from './needs.js';
import { tellingOf } from './telling.js';
import { SERVICE_CONFIG } from './tokens.js';

/** What `npm run rebuild -- messages` asks of every service. */
@ApiTags('internal')
@Internal('service.rebuild')
@Controller('internal/rebuild')
export class MissedController {
  constructor(
    private readonly missed: MissedMessages,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  @Post('messages')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes every message that others published, that this service takes and that is not in its inbox; tells how far it is in lines of JSON' })
  async messages(): Promise<StreamableFile> {
    const letGo = await aloneRebuilding(this.config);
    return tellingOf((tell) => this.missed.takeAll(tell).finally(letGo));
  }
}
