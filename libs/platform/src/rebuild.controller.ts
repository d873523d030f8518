import { Controller, HttpCode, HttpException, Inject, Post, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { connectClient, patientMs, type ReadTables, repairReadTables } from '#libs/journal';
import type { ServiceConfig } from './config.js';
import { Database } from './database.js';
import { Internal } from './needs.js';
import { queueLost, StreamContents } from './stream-contents.js';
import { type Tell, tellingOf } from './telling.js';
import { MaintainSource, SERVICE_CONFIG } from './tokens.js';

/** The read tables of a service and the code that writes them. */
export abstract class KeptTables {
  abstract slice: ReadTables<never, never, never>['slice'];
  abstract tables: ReadTables<never, never, never>['tables'];
}

/** What `npm run rebuild` asks of a service with a journal. */
@ApiTags('internal')
@Internal()
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
    return this.alone((tell) => repairReadTables(this.maintain, this.kept, (repaired) => tell({ doing: 'comparing', repaired })));
  }

  @Post('streams')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts every contract that the broker should have and has not into the outbox again; tells how far it is in lines of JSON' })
  streams(): Promise<StreamableFile> {
    return this.alone((tell) => queueLost(this.contents, this.database, tell));
  }

  /** The lock goes with the connection, so whoever dies holds nobody up. Throws 409 while another one has it. */
  private async alone(work: (tell: Tell) => Promise<object>): Promise<StreamableFile> {
    const keeper = await connectClient({ url: this.config.DATABASE_MAINTAIN_URL, name: `${this.config.SERVICE_NAME}-rebuild`, connectMs: patientMs });
    try {
      const { rows } = await keeper.query('select pg_try_advisory_lock(hashtext($1)) as ours', [`rebuild/${this.config.SERVICE_NAME}`]);
      if (!rows[0].ours) throw new HttpException('Something is being rebuilt here just now. Try again when that is done.', 409);
    } catch (error) {
      await keeper.end();
      throw error;
    }
    return tellingOf((tell) => work(tell).finally(() => keeper.end()));
  }
}
