import { Controller, Get, HttpException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock, Database, recordReading } from '#libs/platform';
import { Identities } from '../../application/identities.js';
import { Requests } from '../../application/requests.js';

const id = z.uuid();
const asker = { id: 'service-people', authority: null };

/** What was said about the person of a request, for `people` alone, and only until it has it. */
@ApiTags('internal')
@Controller('internal/claims')
export class ClaimsController {
  constructor(
    private readonly database: Database,
    private readonly requests: Requests,
    private readonly identities: Identities,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'What a request says about its person. The reading is recorded' })
  claim(@Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.database.transaction(async (tx) => {
      const { state, authority } = await this.requests.get(tx, recordId, null);
      const person = await this.identities.find(tx, recordId);
      if (state.status === 'absent' || !person) throw new HttpException('What was said about this person was let go.', 410);
      await recordReading(tx, { staff: asker, at: this.clock.now(), recordIds: [recordId], what: 'identity', why: 'matching' });
      return { recordId, recordKind: 'dols_request', authority, receivedAt: state.details.receivedAt, person };
    });
  }
}
