import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database, Internal } from '#libs/platform';

const asked = z.strictObject({ concernIds: z.array(z.uuid()).min(1).max(1_000) });

/** What is kept with an enquiry can go once that is gone. */
@ApiTags('internal')
@Internal('enquiries_disposed.ask')
@Controller('internal/enquiries/disposed')
export class DisposedController {
  constructor(private readonly database: Database) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Those of these concerns whose enquiry was disposed of, at most 1,000 at once' })
  disposed(@Body({ schema: asked }) { concernIds }: z.infer<typeof asked>): Promise<{ concernIds: string[] }> {
    return this.database.transaction('every', async (tx) => {
      const rows: { id: string }[] = await tx.query(`select concern_id as id from enquiry where status = 'disposed' and concern_id = any($1)`, [concernIds]);
      return { concernIds: rows.map(({ id }) => id) };
    });
  }
}
