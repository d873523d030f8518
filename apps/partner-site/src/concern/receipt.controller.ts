import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Render, ServiceUnavailable, show } from '#libs/pages';
import type { Config } from '../config.js';
import { DraftHere } from '../draft/draft-here.js';
import { CONFIG, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { heldReceipt } from './hold-receipt.js';
import { copyPage, receiptPage } from './receipt.js';

/** What somebody has in hand when a concern was sent. */
@Controller('concerns/receipt')
export class ReceiptController {
  constructor(
    private readonly here: DraftHere,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async receipt(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const kept = heldReceipt(this.config, request);
    if (!kept) return reply.redirect(paths.home(), 303);
    // A receipt without a copy is better than none.
    const sent = await this.sent(request).catch((error: unknown) => {
      if (error instanceof ServiceUnavailable) return undefined;
      throw error;
    });
    return show(reply, this.render('receipt.njk', receiptPage(kept, { phone: this.config.SAFEGUARDING_PHONE, answers: sent?.sent.reference === kept.reference ? sent.answers : undefined })));
  }

  @Get('copy')
  async copy(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const found = await this.sent(request);
    return found ? show(reply, this.render('copy.njk', copyPage(found.sent, found.answers))) : reply.redirect(paths.receipt(), 303);
  }

  private async sent(request: FastifyRequest) {
    const draft = await this.here.find(request);
    return draft?.sent && { sent: draft.sent, answers: draft.answers };
  }
}
