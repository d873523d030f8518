import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, NotAllowed, type Render, ServiceUnavailable, show, SignedOut, visitor } from '#libs/pages';
import type { Config } from '../config.js';
import { type Draft, senderNow } from '../draft/draft.js';
import { DraftHere } from '../draft/draft-here.js';
import { CONFIG, NOW, RENDER, Triage } from '../outside.js';
import { paths } from '../paths.js';
import { checkPage } from './check-page.js';
import { concernToRaise } from './concern-to-raise.js';
import { errorsAtSending } from './errors.js';
import { nonePage } from './none-page.js';
import { holdReceipt } from './hold-receipt.js';
import { receipt, type Receipt } from './receipt.js';
import type { Why } from './show-step.js';

/** The answers before they are sent, and sending them. */
@Controller('concerns/new/check')
export class CheckController {
  constructor(
    private readonly here: DraftHere,
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
    @Inject(NOW) private readonly now: () => number,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.find(request);
    if (!draft) return this.none(reply);
    return draft.sent ? reply.redirect(paths.receipt(), 303) : this.again(reply, draft, { status: 200, errors: [] });
  }

  @Post()
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.find(request);
    if (!draft) return this.none(reply);
    if (draft.sent) return this.given(reply, draft.sent);
    const errors = errorsAtSending(draft.answers);
    if (errors.length > 0) return this.again(reply, draft, { status: 400, errors });
    if ((request.body as { sender?: unknown } | null)?.sender !== senderNow()) return this.again(reply, draft, { status: 409, errors: [], trouble: 'sender-changed' });
    const answer = await this.raise(draft);
    if (answer === 'triage-away') return this.again(reply, draft, { status: 503, errors: [], trouble: answer });
    if (answer === 'not-in-your-name') return this.again(reply, draft, { status: 403, errors: [], trouble: answer });
    const taken = receipt.safeParse(answer.body);
    if (answer.status >= 300 || !taken.success) return this.refused(request, reply, { draft, status: answer.status });
    await this.noteSent(request, reply, { raised: draft, taken: taken.data });
    return this.given(reply, taken.data);
  }

  private raise({ answers, key }: Draft): Promise<Answer | 'triage-away' | 'not-in-your-name'> {
    return this.triage.raise(concernToRaise(answers, visitor()?.name), key).catch((error: unknown) => {
      if (error instanceof ServiceUnavailable) return 'triage-away';
      if (error instanceof SignedOut || error instanceof NotAllowed) return 'not-in-your-name';
      throw error;
    });
  }

  /** Where it cannot be noted, sending it again comes to the same concern by its key. */
  private async noteSent(request: FastifyRequest, reply: FastifyReply, { raised, taken: { reference, missing } }: { raised: Draft; taken: Receipt }): Promise<void> {
    const sent = { reference, missing, at: new Date(this.now()).toISOString() };
    // What was answered in another tab meanwhile was not sent: it is another concern, if they want it to be.
    const isWhatWasSent = ({ key, answers }: Draft): boolean => key === raised.key && isDeepStrictEqual(answers, raised.answers);
    try {
      await this.here.change(request, reply, (draft) => {
        if (draft.sent) return undefined;
        return isWhatWasSent(draft) ? { ...draft, sent } : { ...draft, key: randomUUID(), note: 'changed-after-sending' };
      });
    } catch (error) {
      if (!(error instanceof ServiceUnavailable)) throw error;
    }
  }

  /** 422: it was sent before with other answers, so these need a key of their own. */
  private async refused(request: FastifyRequest, reply: FastifyReply, { draft, status }: { draft: Draft; status: number }) {
    if (status !== 422) return this.again(reply, draft, { status: 400, errors: [], trouble: 'not-understood' });
    const other = await this.here.change(request, reply, (kept) => ({ ...kept, key: randomUUID() }));
    return this.again(reply, other ?? draft, { status: 409, errors: [], trouble: 'changed-after-sending' });
  }

  private given(reply: FastifyReply, sent: Receipt) {
    return holdReceipt(this.config, reply, sent).redirect(paths.receipt(), 303);
  }

  private again(reply: FastifyReply, draft: Draft, { status, ...why }: Why) {
    return show(reply, this.render('check.njk', checkPage(draft, { ...why, csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE })), status);
  }

  private none(reply: FastifyReply) {
    return show(reply, this.render('none.njk', nonePage(this.config.SAFEGUARDING_PHONE)), 410);
  }
}
