import { Body, Controller, Get, HttpCode, Optional, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { WaitingLetter } from '#libs/journal';
import { sightOf } from './admit.js';
import { Ask, type Asking } from './asking.js';
import { Clock } from './clock.js';
import { Database } from './database.js';
import { Letters, type Opened, type ResentAnswer } from './letters.js';
import { Needs } from './needs.js';
import { recordReading } from './reading.js';
import { Publishing } from './tokens.js';

const pageSize = 50;
const question = z.strictObject({ page: z.coerce.number().int().min(1).max(100_000).default(1) });
const id = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is the id of a message, as the list names it');
const why = z.strictObject({ reason: z.string().trim().min(1, 'say why it is sent again').max(500).regex(/^[^\0]*$/, 'holds a character that cannot be kept') });

const viewOf = ({ messageId, ...letter }: WaitingLetter) => ({ id: messageId, ...letter });

/** Messages that could not be handled and wait for a person: to list, to read, to send again. */
@ApiTags('dead letters')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(
    private readonly letters: Letters,
    private readonly database: Database,
    private readonly clock: Clock,
    @Optional() private readonly publishing?: Publishing,
  ) {}

  @Get()
  @Needs('letter.list')
  @ApiOperation({ summary: 'Messages that were set aside, the oldest first; which they are, and nothing of what they say' })
  async page(@Ask() asking: Asking, @Query({ schema: question }) { page }: z.infer<typeof question>): Promise<object> {
    const { items, total } = await this.letters.page({ page, pageSize }, asking);
    return { items: items.map(viewOf), total, page, pageSize };
  }

  @Get(':id')
  @Needs('letter.read')
  @ApiOperation({ summary: 'One message that was set aside, with what it says, from the stream or from whoever published it' })
  async read(@Ask() asking: Asking, @Param('id', { schema: id }) messageId: string): Promise<object> {
    const opened = await this.letters.open(messageId, asking);
    await this.recordReading(asking, opened);
    return { ...viewOf(opened.letter), foundIn: opened.foundIn, contract: opened.contract };
  }

  @Post(':id/resend')
  @Needs('letter.resend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Handles the message once more, as any delivery; where it fails again, it stays and says how' })
  sendAgain(@Ask() asking: Asking, @Param('id', { schema: id }) messageId: string, @Body({ schema: why }) { reason }: z.infer<typeof why>): Promise<ResentAnswer> {
    return this.letters.sendAgain({ messageId, actor: asking.staff.id, why: reason, at: this.clock.now(), key: asking.idempotency?.key });
  }

  /** Measures know of nobody, so reading there is reading nobody's record. */
  private async recordReading(asking: Asking, { contract }: Opened): Promise<void> {
    if (!this.publishing || !contract) return;
    const { staff, why } = asking;
    const reading = { staff, at: this.clock.now(), recordIds: [contract.subject], what: 'message set aside', why };
    await this.database.transaction(sightOf(asking), (tx) => recordReading(tx, reading));
  }
}
