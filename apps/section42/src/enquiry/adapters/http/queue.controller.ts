import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Ask, type Asking, listedAuthority, Needs, PageReadings } from '#libs/platform';
import { UnallocatedQueue } from '../persistence/unallocated-queue.js';

const questions = z.strictObject({
  authority: codes.authority.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  sort: z.enum(['openedAt', 'waitingDays', 'reference']).default('openedAt'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  kind: codes.enquiryKind.optional(),
});

/** The enquiries of one's own authority that nobody has, or nobody who can work on them. No names: a page asks `people` for them. */
@ApiTags('queue')
@Controller('queue')
export class QueueController {
  constructor(
    private readonly queue: UnallocatedQueue,
    private readonly readings: PageReadings,
  ) {}

  @Get()
  @Needs('enquiry.list')
  @ApiOperation({ summary: 'Enquiries that are opened and not allocated, the longest waiting first; and those that somebody has who cannot open them any more or has left' })
  async page(@Ask() asking: Asking, @Query({ schema: questions }) asked: z.infer<typeof questions>): Promise<object> {
    const question = { ...asked, authority: listedAuthority(asking, asked.authority) };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.queue.page(tx, question), idOf: ({ id }) => id });
  }
}
