import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Ask, type Asking, listedAuthority, Needs, PageReadings } from '#libs/platform';
import { WaitingQueue } from '../persistence/waiting-queue.js';

const authority = codes.authority.optional();
const page = z.coerce.number().int().min(1).max(100_000).default(1);

const queueQuestion = z.strictObject({
  authority,
  page,
  sort: z.enum(['band', 'receivedAt', 'waitingDays', 'reference', 'kind', 'setting']).default('band'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  band: z.enum(['to_be_prioritised', ...codes.band.options]).optional(),
  kind: codes.dolsKind.optional(),
  urgent: codes.yesNo.optional(),
});
const dutiesQuestion = z.strictObject({
  authority,
  page,
  code: z.enum(['longest_wait_passed', 'urgent_lapsed', 'look_again', 'rescreen', 'contact_due']).optional(),
});

/** Who waits for a decision in one's own authority, and what is owed to them. No names: a page asks `people` for them. */
@ApiTags('queue')
@Needs('dols_request.list')
@Controller()
export class QueueController {
  constructor(
    private readonly queue: WaitingQueue,
    private readonly readings: PageReadings,
  ) {}

  @Get('queue')
  @ApiOperation({ summary: 'Requests that wait: fixed bands first, then who has waited longest, with the longest wait of each band' })
  async page(@Ask() asking: Asking, @Query({ schema: queueQuestion }) asked: z.infer<typeof queueQuestion>): Promise<object> {
    const question = { ...asked, authority: listedAuthority(asking, asked.authority) };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.queue.page(tx, question), idOf: ({ id }) => id });
  }

  @Get('duties')
  @ApiOperation({ summary: 'What somebody owes to those who wait: waits too long, urgent authorisations that lapsed, looks, contacts' })
  async duties(@Ask() asking: Asking, @Query({ schema: dutiesQuestion }) asked: z.infer<typeof dutiesQuestion>): Promise<object> {
    const question = { ...asked, authority: listedAuthority(asking, asked.authority) };
    return this.readings.shown(asking, 'duties', { find: (tx) => this.queue.duties(tx, question), idOf: ({ requestId }) => requestId });
  }
}
