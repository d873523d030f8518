import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { scopesOf } from '#libs/extract';
import { Database, Internal, patientlyAsked, type Peer } from '#libs/platform';
import { TRIAGE } from '../tokens.js';

const id = z.uuid();
const reply = z.object({ enquiries: z.int().min(0) });

/** What the report of an import says of enquiries that no row tells of. */
@ApiTags('internal')
@Internal('extract.import')
@Controller('internal/imports/:run')
export class AssumedEnquiriesController {
  constructor(
    private readonly database: Database,
    @Inject(TRIAGE) private readonly triage: Peer,
  ) {}

  @Get('assumed-enquiries')
  @ApiOperation({ summary: 'How many imported concerns were decided as section 42 enquiries and have no imported enquiry' })
  async count(@Param('run', { schema: id }) run: string): Promise<{ assumed_enquiries: number }> {
    const expected = await this.expected(run);
    // An accepted row is on a concern that was decided so, and no two are on one.
    const [row]: { imported: number }[] = await this.database.seeing([]).query(
      `select count(*) as imported from extract_row where scope = any($1)`,
      [scopesOf({ id: run })],
    );
    return { assumed_enquiries: expected - row!.imported };
  }

  private async expected(run: string): Promise<number> {
    const answer = await patientlyAsked(async () => fetch(`${this.triage.url}/internal/imports/${run}/enquiries-expected`, { redirect: 'error', headers: await this.triage.signing(), signal: AbortSignal.timeout(30_000) }));
    if (!answer.ok) throw new Error(`triage answered ${answer.status} when it was asked how many enquiries to expect`);
    return reply.parse(await answer.json()).enquiries;
  }
}
