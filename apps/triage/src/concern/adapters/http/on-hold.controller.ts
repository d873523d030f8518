import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database, Internal } from '#libs/platform';
import { Concerns } from '../../application/concerns.js';

const asked = z.strictObject({ concernIds: z.array(z.uuid()).min(1).max(1_000) });

/** What came of a concern is kept while that is on hold. */
@ApiTags('internal')
@Internal('concerns_on_hold.ask')
@Controller('internal/concerns/on-hold')
export class OnHoldController {
  constructor(
    private readonly database: Database,
    private readonly concerns: Concerns,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Those of these concerns that are under a legal hold, at most 1,000 at once' })
  onHold(@Body({ schema: asked }) { concernIds }: z.infer<typeof asked>): Promise<{ concernIds: string[] }> {
    return this.database.transaction('every', async (tx) => {
      const rows: { id: string }[] = await tx.query(`select distinct record_id as id from journal where record_id = any($1) and type = 'LegalHoldPlaced'`, [concernIds]);
      const standings = await this.concerns.standings(tx, rows.map(({ id }) => id));
      return { concernIds: standings.flatMap(({ recordId, state }) => (state.status !== 'absent' && state.story.legalHold ? [recordId] : [])) };
    });
  }
}
