import { Controller, HttpCode, Inject, Post, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ReadTables, repairReadTables } from '#libs/journal';
import { aloneRebuilding } from './alone.js';
import type { ServiceConfig } from './config.js';
import { Database } from './database.js';
import { Internal } from './needs.js';
import { queueLost, StreamContents } from './stream-contents.js';
import { type Tell, tellingOf } from './telling.js';
import { MaintainSource, SERVICE_CONFIG } from './tokens.js';

/** Puts right what a table holds that follows from elsewhere than the journal. Returns how many records that were. */
export interface Mending {
  mend(): Promise<number>;
}

/** The read tables of a service and the code that writes them. */
export abstract class KeptTables {
  abstract slice: ReadTables<never, never, never>['slice'];
  abstract tables: ReadTables<never, never, never>['tables'];
  abstract besides?: readonly Mending[];
}

/** What `npm run rebuild` asks of a service with a journal. */
@ApiTags('internal')
@Internal('service.rebuild')
@Controller('internal/rebuild')
export class RebuildController {
  constructor(
    private readonly maintain: MaintainSource,
    private readonly database: Database,
    private readonly contents: StreamContents,
    private readonly kept: KeptTables,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  @Post('read-tables')
  @HttpCode(200)
  @ApiOperation({ summary: 'Makes every read table what the journal makes of it; tells how far it is in lines of JSON' })
  readTables(): Promise<StreamableFile> {
    return this.alone(async (tell) => {
      const done = await repairReadTables(this.maintain, this.kept, (repaired) => tell({ doing: 'comparing', repaired }));
      for (const one of this.kept.besides ?? []) done.repaired += await one.mend();
      return done;
    });
  }

  @Post('streams')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts every contract that the broker should have and has not into the outbox again; tells how far it is in lines of JSON' })
  streams(): Promise<StreamableFile> {
    return this.alone((tell) => queueLost(this.contents, this.database, tell));
  }

  private async alone(work: (tell: Tell) => Promise<object>): Promise<StreamableFile> {
    const letGo = await aloneRebuilding(this.config);
    return tellingOf((tell) => work(tell).finally(letGo));
  }
}
