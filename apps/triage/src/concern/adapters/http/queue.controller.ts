import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Ask, type Asking, listedAuthority, Needs, PageReadings } from '#libs/platform';
import { FeedbackOwed } from '../persistence/feedback-owed.js';
import { TriageQueue } from '../persistence/triage-queue.js';

const authority = codes.authority.optional();
const page = z.coerce.number().int().min(1).max(100_000).default(1);

const question = z.strictObject({
  authority,
  page,
  sort: z.enum(['priority', 'receivedAt', 'waitingDays', 'referrerType', 'reference']).default('priority'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  immediateRisk: codes.yesNo.optional(),
  referrerType: codes.referrerType.optional(),
  late: z.stringbool().optional(),
  has: z.enum(['me', 'nobody']).optional(),
});
export type QueueQuestion = z.infer<typeof question>;
const owedQuestion = z.strictObject({ authority, page });

/** What waits to be triaged, and who waits to be told, in one's own authority. No names: a page asks `people` for them. */
@ApiTags('queue')
@Needs('concern.list')
@Controller()
export class QueueController {
  constructor(
    private readonly queue: TriageQueue,
    private readonly owed: FeedbackOwed,
    private readonly readings: PageReadings,
  ) {}

  @Get('queue')
  @ApiOperation({ summary: 'Concerns not decided, immediate risk first, then by time left, with both clocks' })
  async page(@Ask() asking: Asking, @Query({ schema: question }) asked: QueueQuestion): Promise<object> {
    const assignedTo = asked.has && (asked.has === 'me' ? asking.staff.id : null);
    const page = await this.queue.page({ ...asked, assignedTo, authority: listedAuthority(asking, asked.authority) });
    return this.readings.shown(asking, 'queue', { page, idOf: ({ id }) => id });
  }

  @Get('feedback-owed')
  @ApiOperation({ summary: 'Concerns decided whose referrer has not been told what became of it, the oldest decision first' })
  async feedbackOwed(@Ask() asking: Asking, @Query({ schema: owedQuestion }) asked: z.infer<typeof owedQuestion>): Promise<object> {
    const page = await this.owed.page({ ...asked, authority: listedAuthority(asking, asked.authority) });
    return this.readings.shown(asking, 'queue', { page, idOf: ({ id }) => id });
  }
}
