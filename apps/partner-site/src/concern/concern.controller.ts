import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName, cookieOptions, type Render, ServiceUnavailable, show } from '#libs/pages';
import type { Config } from '../config.js';
import { CONFIG, RENDER, Triage } from '../outside.js';
import { paths } from '../paths.js';
import { concernToRaise, errorsIn } from './concern-to-raise.js';
import { showForm } from './show-form.js';
import { readReceipt, receipt, receiptPage, writeReceipt } from './receipt.js';
import { readTyped, type Typed } from './typed.js';

@Controller('concerns')
export class ConcernController {
  constructor(
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  @Redirect(paths.newConcern())
  start() {}

  @Get('new')
  form(@Res() reply: FastifyReply) {
    return this.again(reply, readTyped({ idempotency_key: randomUUID() }), { status: 200, errors: [] });
  }

  @Post('new')
  async raise(@Body() body: unknown, @Res() reply: FastifyReply) {
    const typed = readTyped(body);
    const errors = errorsIn(typed);
    if (errors.length > 0) return this.again(reply, typed, { status: 400, errors });
    const answer = await this.send(typed);
    if (!answer) return this.again(reply, typed, { status: 503, errors: [], trouble: 'triage-away' });
    const taken = receipt.safeParse(answer.body);
    if (answer.status < 300 && taken.success) return this.given(reply, writeReceipt(taken.data));
    return this.refused(reply, typed, answer.status);
  }

  @Get('receipt')
  receipt(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const kept = readReceipt(request.unsignCookie(request.cookies[this.cookie] ?? '').value);
    if (!kept) return reply.redirect(paths.home(), 303);
    return show(reply, this.render('receipt.njk', receiptPage(kept, this.config.SAFEGUARDING_PHONE)));
  }

  private get cookie(): string {
    return cookieName({ cookiePrefix: `partner-${this.config.CASEWARD_HOME_NAME}`, secureCookies: this.config.SECURE_COOKIES === 'yes' }, 'receipt');
  }

  private send(typed: Typed) {
    const key = typed.idempotency_key || randomUUID();
    return this.triage.raise(concernToRaise(typed), key).catch((error: unknown) => {
      if (error instanceof ServiceUnavailable) return undefined;
      throw error;
    });
  }

  private given(reply: FastifyReply, kept: string) {
    const secureCookies = this.config.SECURE_COOKIES === 'yes';
    return reply.setCookie(this.cookie, kept, cookieOptions({ secureCookies })).redirect(paths.receipt(), 303);
  }

  /** 422: the same form was sent before with other answers, so these need a key of their own. */
  private refused(reply: FastifyReply, typed: Typed, status: number) {
    if (status !== 422) return this.again(reply, typed, { status: 400, errors: [], trouble: 'not-understood' });
    return this.again(reply, { ...typed, idempotency_key: randomUUID() }, { status: 409, errors: [], trouble: 'changed-after-sending' });
  }

  private again(reply: FastifyReply, typed: Typed, why: Parameters<typeof showForm>[2]) {
    return showForm({ reply, render: this.render, phone: this.config.SAFEGUARDING_PHONE }, typed, why);
  }
}
