import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { RuleViolation } from '#libs/decider';
import type { Tx } from '#libs/journal';
import { Ask, type Asking, listedAuthority, type Making, Needs, PageReadings } from '#libs/platform';
import { Post as Carrier } from '../../application/post.js';
import { type Contact, Contacts, reachBy } from '../../application/reach.js';
import type { SendToReferrer } from '../../domain/concern.js';
import { Sendings } from '../persistence/sendings.js';
import { UnsentMessages } from '../persistence/unsent-messages.js';
import { LocalOutbox } from '../post/local-outbox.js';
import { Sender } from '../post/sender.js';
import { messageBody, type MessageBody } from './bodies.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, viewOf } from './view.js';

const id = z.uuid();
const listed = z.strictObject({ authority: codes.authority.optional(), page: z.coerce.number().int().min(1).max(100_000).default(1) });

/** Writing to whoever raised a concern what became of it, and what of that has not arrived. */
@ApiTags('sending')
@Controller()
export class SendingController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly contacts: Contacts,
    private readonly sendings: Sendings,
    private readonly sender: Sender,
    private readonly unsent: UnsentMessages,
    private readonly outbox: LocalOutbox,
    private readonly readings: PageReadings,
    private readonly carrier: Carrier,
  ) {}

  @Post('concerns/:id/message')
  @Needs('concern.tell_referrer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Write to whoever raised it what became of it, by a way that they gave (they are told once it has arrived), or on their own page, `page`, where they sign in. With `isAgain` also where they were told before' })
  async send(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: messageBody }) body: MessageBody): Promise<ConcernView> {
    const view = await this.commands.change(asking, recordId, (making, tx) => this.written(tx, { recordId, authority: asking.staff.authority!, body }, making), viewOf);
    void this.sender.go();
    return view;
  }

  @Get('unsent')
  @Needs('concern.list')
  @ApiOperation({ summary: 'Messages to whoever raised a concern that did not arrive, or have been on their way for long; the oldest first' })
  notSent(@Ask() asking: Asking, @Query({ schema: listed }) { authority, page }: z.infer<typeof listed>): Promise<object> {
    const question = { authority: listedAuthority(asking, authority), page };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.unsent.page(tx, question), idOf: (item) => item.id });
  }

  @Get('outbox')
  @Needs('outbox.read')
  @ApiOperation({ summary: 'What was sent on this machine alone, for trying out, word for word; empty where messages leave it. Messages about decisions that one may look at again are counted alone. The reading is recorded' })
  sentHere(@Ask() asking: Asking, @Query({ schema: listed }) { authority, page }: z.infer<typeof listed>): Promise<object> {
    const question = { authority: listedAuthority(asking, authority), by: asking.staff.id, page };
    const find = async (tx: Tx) => ({ sentBy: this.carrier.by, ...(await this.outbox.page(tx, question)) });
    return this.readings.shown(asking, 'outbox', { find, idOf: ({ recordId }) => recordId });
  }

  /** The command, with the message to be sent after it. Where it is refused among others, the message is wanted by nobody: whoever sends finds that, and drops it. */
  private async written(tx: Tx, { recordId, authority, body: { way, message, isSafe, isAgain } }: { recordId: string; authority: string; body: MessageBody }, { words, now, by }: Making): Promise<SendToReferrer> {
    if (way !== 'page' && this.carrier.by === 'nobody') throw new RuleViolation('concern/nobody-sends', 'Nothing can be sent from here. Tell them yourself, then record it.');
    const contact: Contact = await this.contacts.of(tx, { recordId });
    const sendingId = v7();
    const to = way === 'page' ? undefined : contact.addresses[way];
    if (way !== 'page' && to !== undefined) await this.sendings.add(tx, { id: sendingId, recordId, authority, kind: 'told', way, to, personalisation: { message } }, { now });
    return { type: 'SendToReferrer', at: now, by, message: words.keep(message), length: message.length, way, sendingId, reach: reachBy(contact), isSafe, isAgain };
  }
}
