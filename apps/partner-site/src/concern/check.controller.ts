import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Render, ServiceUnavailable, show } from '#libs/pages';
import type { Config } from '../config.js';
import { senderNow } from '../draft/draft.js';
import { DraftHere, type Locked, type Open } from '../draft/draft-here.js';
import { CONFIG, NOW, RENDER, Triage } from '../outside.js';
import { paths } from '../paths.js';
import { checkPage } from './check-page.js';
import { errorsAtSending } from './errors.js';
import { holdReceipt } from './hold-receipt.js';
import { showNone } from './none-page.js';
import { ownNow } from './own.js';
import { receipt, type Receipt } from './receipt.js';
import { afterSending, isOpenEnded, isSame, raise, readyToSend, refusalOf, statusOf, underAnotherKey, untried } from './sending.js';
import type { Why } from './show-step.js';
import type { Trouble } from './trouble.js';

/** Somebody sends, and is answered. */
interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

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
    const draft = await this.here.look(request);
    if (!draft || draft === 'locked') return this.none(reply, draft);
    return draft.sent ? reply.redirect(paths.receipt(), 303) : await this.again(reply, draft, { status: 200, errors: [] });
  }

  @Post()
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.look(request);
    if (!draft || draft === 'locked') return this.none(reply, draft);
    if (draft.sent) return this.given(reply, draft.sent);
    const errors = errorsAtSending(draft.answers);
    if (errors.length > 0) return this.again(reply, draft, { status: 400, errors });
    if ((request.body as { sender?: unknown } | null)?.sender !== senderNow()) return this.again(reply, draft, { status: 409, errors: [], trouble: 'sender-changed' });
    return this.sendIn({ request, reply }, draft);
  }

  /** In whose name it goes is kept before it goes: its answer may be lost, and tried again in another it would be a second concern. */
  private async sendIn({ request, reply }: Exchange, draft: Open) {
    const ready = readyToSend(draft, await ownNow(this.triage));
    if (!ready) return this.underAnotherKey({ request, reply }, draft, 'sent-otherwise');
    if (!draft.tried && !(await this.here.change(request, reply, (kept) => (isSame(kept, draft) ? { ...kept, tried: ready.tried } : undefined)))) return reply.redirect(paths.check(), 303);
    const answer = await raise(this.triage, ready);
    if (typeof answer === 'string') return this.refused({ request, reply }, draft, { trouble: answer });
    const taken = receipt.safeParse({ ...Object(answer.body), as: ready.tried.as });
    if (answer.status < 300 && taken.success) return this.sent({ request, reply }, draft, taken.data);
    // It was sent before with other answers.
    if (answer.status === 422) return this.underAnotherKey({ request, reply }, draft, 'changed-after-sending');
    return this.refused({ request, reply }, draft, refusalOf(answer));
  }

  /** Where it cannot be noted, sending it again comes to the same concern by its key. */
  private async sent({ request, reply }: Exchange, raised: Open, taken: Receipt) {
    const at = new Date(this.now()).toISOString();
    await unlessAway(this.here.change(request, reply, (draft) => afterSending(draft, { raised, taken, at })));
    return this.given(reply, taken);
  }

  private async refused({ request, reply }: Exchange, draft: Open, { trouble, waitSeconds }: { trouble: Trouble; waitSeconds?: number }) {
    if (!isOpenEnded(trouble)) await unlessAway(this.here.change(request, reply, (kept) => (isSame(kept, draft) ? untried(kept) : undefined)));
    if (waitSeconds !== undefined) void reply.header('retry-after', String(waitSeconds));
    return this.again(reply, draft, { status: statusOf(trouble), errors: [], trouble, ...(waitSeconds !== undefined && { waitSeconds }) });
  }

  /** Shown again, to be sent as another concern; where it was changed meanwhile, as it is now. */
  private async underAnotherKey({ request, reply }: Exchange, draft: Open, trouble: Trouble) {
    const other = await this.here.change(request, reply, (kept) => (kept.key === draft.key && !kept.sent ? underAnotherKey(kept) : undefined));
    return other ? this.again(reply, other, { status: 409, errors: [], trouble }) : reply.redirect(paths.check(), 303);
  }

  private given(reply: FastifyReply, sent: Receipt) {
    return holdReceipt(this.config, reply, sent).redirect(paths.receipt(), 303);
  }

  private async again(reply: FastifyReply, draft: Open, { status, ...why }: Why) {
    const own = await ownNow(this.triage);
    return show(reply, this.render('check.njk', checkPage(draft, { ...why, own, csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE, now: this.now() })), status);
  }

  private none(reply: FastifyReply, found: Locked | undefined) {
    return showNone({ reply, render: this.render, phone: this.config.SAFEGUARDING_PHONE }, found);
  }
}

/** What cannot be noted now is done without. */
async function unlessAway(noted: Promise<unknown>): Promise<void> {
  try {
    await noted;
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
  }
}
