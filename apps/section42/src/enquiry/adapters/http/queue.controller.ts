import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { UnallocatedQueue } from '../persistence/unallocated-queue.js';

const question = z.strictObject({
  authority: codes.authority.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  sort: z.enum(['openedAt', 'waitingDays', 'reference']).default('openedAt'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  kind: codes.enquiryKind.optional(),
});

/** The enquiries that nobody has. No names: a page asks `people` for them. */
@ApiTags('queue')
@Controller('queue')
export class QueueController {
  constructor(private readonly queue: UnallocatedQueue) {}

  @Get()
  @ApiOperation({ summary: 'Enquiries that are opened and not allocated, the longest waiting first' })
  page(@Query({ schema: question }) asked: z.infer<typeof question>): Promise<object> {
    return this.queue.page(asked);
  }
}
