import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AskedBy, Clock, Database, Internal, recordReading } from '#libs/platform';
import { OrganisationsNamed } from './organisations-named.js';

const question = z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1_000).default(500) });

/** The organisations that this service's file has named, for `directory` alone. */
@ApiTags('internal')
@Internal('organisations_named.read')
@Controller('internal/organisations-named')
export class OrganisationsNamedController {
  private readonly named: OrganisationsNamed;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.named = new OrganisationsNamed(database.vault);
  }

  @Get()
  @ApiOperation({ summary: 'Organisations as the imported file names them, a page at a time. The reading is recorded' })
  page(@AskedBy() id: string, @Query({ schema: question }) { after, limit }: z.infer<typeof question>): Promise<object> {
    return this.database.transaction('every', async (tx) => {
      const items = await this.named.after(tx, after, limit);
      if (items.length > 0) await recordReading(tx, { staff: { id, authority: null }, at: this.clock.now(), recordIds: [], what: 'organisations named', why: 'matching' });
      return { items };
    });
  }
}
