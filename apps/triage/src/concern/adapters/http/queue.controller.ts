import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Ask, type Asking, Database, listedAuthority, Needs, PageReadings, sightOf } from '#libs/platform';
import { FeedbackOwed } from '../persistence/feedback-owed.js';
import { TriageQueue } from '../persistence/triage-queue.js';

const authority = codes.authority.optional();
const page = z.coerce.number().int().min(1).max(100_000).default(1);

const queueQuestion = z.strictObject({
  authority,
  page,
  sort: z.enum(['priority', 'receivedAt', 'waitingDays', 'referrerType', 'reference']).default('priority'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  immediateRisk: z.enum(['yes', 'no', 'not_known']).optional(),
  referrerType: codes.referrerType.optional(),
  late: z.stringbool().optional(),
  has: z.enum(['me', 'nobody']).optional(),
});
export type QueueQuestion = z.infer<typeof queueQuestion>;
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
    private readonly database: Database,
  ) {}

  @Get('queue')
  @ApiOperation({ summary: 'Concerns not decided, immediate risk first, then by time left, with both clocks' })
  async page(@Ask() asking: Asking, @Query({ schema: queueQuestion }) asked: QueueQuestion): Promise<object> {
    return this.readings.shown(asking, 'queue', { find: (tx) => this.queue.page(tx, questionOf(asking, asked)), idOf: ({ id }) => id });
  }

  @Get('queue/state')
  @ApiOperation({ summary: 'Whether the queue is still the same: a text that changes with it. No record is told of, so none is read' })
  state(@Ask() asking: Asking, @Query({ schema: queueQuestion }) asked: QueueQuestion): Promise<object> {
    return this.queue.state(this.database.seeing(sightOf(asking)), questionOf(asking, asked));
  }

  @Get('feedback-owed')
  @ApiOperation({ summary: 'Concerns decided whose referrer has not been told what became of it, the oldest decision first' })
  async feedbackOwed(@Ask() asking: Asking, @Query({ schema: owedQuestion }) asked: z.infer<typeof owedQuestion>): Promise<object> {
    const question = { ...asked, by: asking.staff.id, authority: listedAuthority(asking, asked.authority) };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.owed.page(tx, question), idOf: ({ id }) => id });
  }
}

function questionOf(asking: Asking, asked: QueueQuestion) {
  const assignedTo = asked.has && (asked.has === 'me' ? asking.staff.id : null);
  return { ...asked, assignedTo, by: asking.staff.id, authority: listedAuthority(asking, asked.authority) };
}
