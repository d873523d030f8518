import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { because, type Render, show } from '#libs/pages';
import { AUTHORITIES, orElsewhere, ownAuthority } from '../authorities.js';
import { RENDER, Services } from '../outside.js';
import { outboxPage, sentHere } from './outbox-page.js';

const question = z.object({
  authority: z.enum(AUTHORITIES.map(({ code }) => code)).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

/** What was sent on this machine, for trying out. */
@Controller('outbox')
export class OutboxController {
  constructor(
    private readonly services: Services,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Res() reply: FastifyReply) {
    const { authority = ownAuthority(), page } = question.parse(query ?? {});
    const sent = await this.services.triage.as(because('trying out what is sent')).get('/outbox', { authority, page: String(page) }, sentHere).catch(orElsewhere(authority));
    return show(reply, this.render('outbox.njk', outboxPage(sent, authority)));
  }
}
