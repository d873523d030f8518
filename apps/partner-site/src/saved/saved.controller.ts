import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { nonePage } from '../concern/none-page.js';
import type { Config } from '../config.js';
import { DraftHere } from '../draft/draft-here.js';
import { readCode } from '../draft/secret.js';
import { CONFIG, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { savedPage, savePage } from './saved-pages.js';

const typed = z.object({ code: z.string().trim().catch('') });

/** Saving answers, and coming back to them by a code that works once. */
@Controller('concerns')
export class SavedController {
  constructor(
    private readonly here: DraftHere,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  /** The code, as often as it is asked for while the draft is open here. */
  @Get('new/save')
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.find(request);
    if (!draft) return show(reply, this.render('none.njk', nonePage(this.config.SAFEGUARDING_PHONE)), 410);
    if (draft.sent) return reply.redirect(paths.receipt(), 303);
    return show(reply, this.render('save.njk', savePage(draft, { siteUrl: this.config.SITE_URL, csrf: reply.generateCsrf() })));
  }

  @Post('new/close')
  close(@Res() reply: FastifyReply) {
    this.here.close(reply);
    return reply.redirect(paths.saved(), 303);
  }

  @Post('new/forget')
  async forget(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.here.forget(request, reply);
    return reply.redirect(paths.newConcern(), 303);
  }

  @Get('saved')
  ask(@Res() reply: FastifyReply) {
    return this.asked(reply, { status: 200, code: '', errors: [] });
  }

  @Post('saved')
  async open(@Body() body: unknown, @Res() reply: FastifyReply) {
    const given = typed.safeParse(body).data?.code ?? '';
    const code = readCode(given);
    const draft = code && (await this.here.reopen(reply, code));
    if (draft) return reply.redirect(paths.step(draft.next), 303);
    const text = code ? 'This code opens nothing. It may have been used, its answers may have been sent, or 28 days may be over' : 'A code has 20 letters and digits, such as 7K4M-Q2XD-9FHT-3VB8-0CWE. Check what you typed';
    return this.asked(reply, { status: 400, code: given, errors: [{ text, href: '#code' }] });
  }

  private asked(reply: FastifyReply, { status, ...page }: { status: number; code: string; errors: { text: string; href: string }[] }) {
    return show(reply, this.render('saved.njk', savedPage(page, { csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE })), status);
  }
}
