import { Controller, Get, HttpException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock, Database, recordReading } from '#libs/platform';
import { Claimed } from './claimed.js';
import { Identities } from './identities.js';

const id = z.uuid();
const asker = { id: 'service-people', authority: null };

/** What was said about the person of a record, for `people` alone, and only until it has it. */
@ApiTags('internal')
@Controller('internal/claims')
export class ClaimsController {
  constructor(
    private readonly database: Database,
    private readonly claimed: Claimed,
    private readonly identities: Identities,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'What a record says about its person. The reading is recorded' })
  claim(@Param('id', { schema: id }) recordId: string): Promise<object> {
    const { kind, records, receivedAt: receivedAtOf } = this.claimed;
    return this.database.transaction(async (tx) => {
      const { state, authority } = await records.get(tx, recordId, null);
      const [receivedAt, person] = [receivedAtOf(state), await this.identities.find(tx, recordId)];
      if (!receivedAt || !person) throw new HttpException('What was said about this person was let go.', 410);
      await recordReading(tx, { staff: asker, at: this.clock.now(), recordIds: [recordId], what: 'identity', why: 'matching' });
      return { recordId, recordKind: kind, authority, receivedAt, person };
    });
  }
}
