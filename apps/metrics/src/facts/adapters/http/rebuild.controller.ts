import { Controller, HttpCode, HttpException, Post, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Internal, tellingOf } from '#libs/platform';
import { rebuildFacts } from '../rebuild/rebuild-facts.js';
import { FactsOrigin } from '../rebuild/facts-origin.js';
import { Shadow, ShadowTaken } from '../rebuild/shadow.js';

/** What `npm run rebuild -- facts` asks for. */
@ApiTags('internal')
@Internal('service.rebuild')
@Controller('internal/rebuild')
export class RebuildController {
  constructor(private readonly origin: FactsOrigin) {}

  @Post('facts')
  @HttpCode(200)
  @ApiOperation({ summary: 'Draws every fact up anew from all contracts, beside the live ones, and exchanges them; tells how far it is in lines of JSON' })
  async facts(): Promise<StreamableFile> {
    const { connect, publishers } = this.origin;
    const shadow = await Shadow.open(connect).catch((error: unknown) => {
      throw error instanceof ShadowTaken ? new HttpException(error.message, 409) : error;
    });
    return tellingOf((tell) => rebuildFacts({ shadow, connect, publishers }, tell).finally(() => shadow.close()));
  }
}
