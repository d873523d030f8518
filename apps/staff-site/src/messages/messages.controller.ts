import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { sentBefore } from '../sent-before.js';
import { isAway, unlessAway } from '../unless-away.js';
import { listPage, messagePage, type ResendForm } from './messages-pages.js';
import { Messages } from './messages.js';
import { type Resent, SERVICES } from './shapes.js';

const SERVICE = z.enum(SERVICES);
const listQuery = z.object({
  service: SERVICE.catch('metrics'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  taken: z.stringbool().catch(false),
});
const LONGEST_REASON = 500;
const resendForm = z.object({
  key: z.uuid().catch(() => randomUUID()),
  reason: z.string().trim().max(LONGEST_REASON).catch(''),
});

/** For data managers: messages between the services that could not be handled. */
@Controller('messages')
export class MessagesController {
  constructor(
    private readonly messages: Messages,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Res() reply: FastifyReply) {
    const choice = listQuery.parse(query);
    return show(reply, this.render('messages.njk', listPage(choice, await this.messages.list(choice.service, choice.page))));
  }

  @Get(':service/:id')
  async form(@Param() params: unknown, @Res() reply: FastifyReply) {
    const { service, id } = asked(params);
    const form = { key: randomUUID(), reason: '', csrf: reply.generateCsrf() };
    return show(reply, this.render('message.njk', messagePage(service, await this.messages.letter(service, id), form)));
  }

  @Post(':service/:id')
  async sendAgain(@Param() params: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { service, id } = asked(params);
    const form = resendForm.parse(body);
    const again = async ({ status, ...why }: Partial<ResendForm> & { status: number }) => {
      // A further try is another request, but for one of which nobody knows what came.
      const shown = { reason: form.reason, key: randomUUID(), ...why, csrf: reply.generateCsrf() };
      return show(reply, this.render('message.njk', messagePage(service, await this.messages.letter(service, id), shown)), status);
    };
    if (form.reason === '') return again({ error: `Say why it is sent again, in at most ${LONGEST_REASON} characters`, status: 400 });
    const resent = await this.messages.sendAgain(service, id, form).catch(unlessAway);
    if (isAway(resent)) return again({ key: form.key, away: resent, status: 503 });
    if (resent === 'before') return again({ isSentBefore: sentBefore().isSentBefore, status: sentBefore().status });
    if (resent?.outcome === 'failed_again') return again({ error: failure(resent), status: 422 });
    return reply.redirect(paths.messages({ service, taken: 'true' }), 303);
  }
}

const failure = ({ errorClass, whatToDo }: Resent): string => `It failed again (${errorClass}). ${whatToDo}`;

function asked(params: unknown) {
  const parsed = z.object({ service: SERVICE, id: z.string().min(1).max(200) }).safeParse(params);
  if (!parsed.success) throw new NotFoundException();
  return parsed.data;
}
