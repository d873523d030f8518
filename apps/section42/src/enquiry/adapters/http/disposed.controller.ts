import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database, Internal } from '#libs/platform';
import { Enquiries } from '../../application/enquiries.js';

const asked = z.strictObject({ concernIds: z.array(z.uuid()).min(1).max(1_000) });

/** What became of a concern's enquiry. */
interface OfConcern {
  concernId: string;
  enquiryId: string;
  isDisposed: boolean;
  onHold: boolean;
}

/** What is kept with an enquiry can go once that is gone, and not while that is on hold. */
@ApiTags('internal')
@Internal('enquiries_disposed.ask')
@Controller('internal/enquiries/disposed')
export class DisposedController {
  constructor(
    private readonly database: Database,
    private readonly enquiries: Enquiries,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'The enquiries of these concerns, at most 1,000 at once: which were disposed of, and which are under a legal hold' })
  disposed(@Body({ schema: asked }) { concernIds }: z.infer<typeof asked>): Promise<{ enquiries: OfConcern[] }> {
    return this.database.transaction('every', async (tx) => {
      const rows: { id: string; concern: string; status: string }[] = await tx.query('select id, concern_id as concern, status from enquiry where concern_id = any($1)', [concernIds]);
      const placed: { id: string }[] = await tx.query(`select distinct record_id as id from journal where record_id = any($1) and type = 'LegalHoldPlaced'`, [rows.map(({ id }) => id)]);
      const standings = await this.enquiries.standings(tx, placed.map(({ id }) => id));
      const held = new Set(standings.flatMap(({ recordId, state }) => (state.status !== 'absent' && state.story.legalHold ? [recordId] : [])));
      return { enquiries: rows.map(({ id, concern, status }) => ({ concernId: concern, enquiryId: id, isDisposed: status === 'disposed', onHold: held.has(id) })) };
    });
  }
}
