import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { AskedBy, Clock, Database, Internal, recordReading } from '#libs/platform';
import { Claimed } from './claimed.js';
import { Identities } from './identities.js';

const asked = z.strictObject({ ids: z.array(z.uuid()).min(1).max(100) });

/** What was said about the people of records, for `people` alone, and only until it has it. */
@ApiTags('internal')
@Internal('claims.read')
@Controller('internal/claims')
export class ClaimsController {
  constructor(
    private readonly database: Database,
    private readonly claimed: Claimed,
    private readonly identities: Identities,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'What these records say about their people, at most 100 at once; a record that is not known, or that let go of it, is left out. The reading is recorded' })
  claims(@AskedBy() id: string, @Body({ schema: asked }) { ids }: z.infer<typeof asked>): Promise<object> {
    const { kind, records, receivedAt: receivedAtOf } = this.claimed;
    return this.database.transaction('every', async (tx) => {
      const people = await this.identities.find(tx, ids);
      const standings = await records.standings(tx, [...people.keys()]);
      const claims = standings.flatMap(({ recordId, authority, state }) => {
        const receivedAt = receivedAtOf(state);
        return receivedAt ? [{ recordId, recordKind: kind, authority, receivedAt, person: people.get(recordId) }] : [];
      });
      if (claims.length > 0) {
        await recordReading(tx, { staff: { id, authority: null }, at: this.clock.now(), recordIds: claims.map(({ recordId }) => recordId), what: 'identity', why: 'matching' });
      }
      return { claims };
    });
  }
}
