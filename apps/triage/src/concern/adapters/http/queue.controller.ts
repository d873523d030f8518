import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { TriageQueue } from '../persistence/triage-queue.js';

const question = z.strictObject({
  authority: codes.authority.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  sort: z.enum(['priority', 'receivedAt', 'waitingDays', 'referrerType', 'reference']).default('priority'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  immediateRisk: codes.yesNo.optional(),
  referrerType: codes.referrerType.optional(),
  late: z.stringbool().optional(),
});
export type QueueQuestion = z.infer<typeof question>;

/** What waits to be triaged. No names: a page asks `people` for them. */
@ApiTags('queue')
@Controller('queue')
export class QueueController {
  constructor(private readonly queue: TriageQueue) {}

  @Get()
  @ApiOperation({ summary: 'Concerns not decided, immediate risk first, then by time left, with both clocks' })
  page(@Query({ schema: question }) asked: QueueQuestion): Promise<object> {
    return this.queue.page(asked);
  }
}
