import { Body, Controller, Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { showNone } from '../concern/none-page.js';
import type { Config } from '../config.js';
import { DraftHere, type Locked, type Open } from '../draft/draft-here.js';
import { codeInGroups, codeLength, readCode } from '../draft/secret.js';
import { CONFIG, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { insteadPage, savedPage, savePage } from './saved-pages.js';

const typed = z.object({ code: z.string().trim().catch(''), instead: z.literal('yes').optional().catch(undefined) });

const opensNothing = 'This code opens nothing. It may have been used, its answers may have been sent, or 28 days may be over';
const enterTheCode = 'Enter your return code';
const isNoCode = `This is not a code of ours: a letter or digit in it is mistyped, missing or one too many. Codes have ${codeLength} letters and digits, in groups of four. Check what you typed against what you wrote down`;

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
  async code(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.look(request);
    if (!draft || draft === 'locked') return this.none(reply, draft);
    if (draft.sent) return reply.redirect(paths.receipt(), 303);
    // Nobody has asked for it yet, and it would open nothing for long.
    if (!draft.isSaved) return reply.redirect(paths.check(), 303);
    return show(reply, this.render('save.njk', savePage(draft, { siteUrl: this.config.SITE_URL, csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE })));
  }

  /** They stay open for as long as after an answer. */
  @Post('new/stay')
  async stay(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.here.change(request, reply, (draft) => (draft.sent ? undefined : draft));
    return reply.redirect(paths.check(), 303);
  }

  @Post('new/save')
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.here.save(request, reply);
    return reply.redirect(paths.save(), 303);
  }

  /** To come back to them, or, where they are somebody else's, to begin others. */
  @Post('new/close')
  close(@Body() body: unknown, @Res() reply: FastifyReply) {
    this.here.close(reply);
    return reply.redirect((body as { then?: unknown } | null)?.then === 'begin' ? paths.newConcern() : paths.saved({ isClosed: true }), 303);
  }

  @Post('new/forget')
  async forget(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.here.forget(request, reply);
    return reply.redirect(paths.newConcern(), 303);
  }

  @Get('saved')
  ask(@Query('closed') closed: unknown, @Res() reply: FastifyReply) {
    return this.asked(reply, { status: 200, code: '', errors: [], isClosed: closed === 'yes' });
  }

  @Post('saved')
  async open(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const given = typed.safeParse(body).data;
    const code = readCode(given?.code ?? '');
    const open = code && !given?.instead ? await this.here.look(request) : undefined;
    if (code && open && isOther(open, code)) return this.instead({ request, reply }, code, open);
    if (code && (await this.here.reopen(reply, code))) return reply.redirect(paths.goOn(), 303);
    return this.asked(reply, { status: 400, code: given?.code ?? '', errors: [{ text: code ? opensNothing : given?.code ? isNoCode : enterTheCode, href: '#code' }] });
  }

  /** Where it was left by whoever typed its code: with that it is theirs. */
  @Get('new/go-on')
  async goOn(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.look(request);
    if (!draft || draft === 'locked') return this.none(reply, draft);
    return reply.redirect(draft.sent ? paths.receipt() : paths.step(draft.next), 303);
  }

  /** What is open is saved first, so that it can be come back to. */
  private async instead({ request, reply }: { request: FastifyRequest; reply: FastifyReply }, code: string, open: Open | Locked) {
    const saved = open === 'locked' ? open : ((await this.here.save(request, reply)) ?? open);
    return show(reply, this.render('instead.njk', insteadPage({ typed: codeInGroups(code), open: saved }, { csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE })), 409);
  }

  private asked(reply: FastifyReply, { status, ...page }: { status: number; code: string; errors: { text: string; href: string }[]; isClosed?: boolean }) {
    return show(reply, this.render('saved.njk', savedPage(page, { csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE })), status);
  }

  private none(reply: FastifyReply, found: Locked | undefined) {
    return showNone({ reply, render: this.render, phone: this.config.SAFEGUARDING_PHONE }, found);
  }
}

/** Whether a code leads to something else than what is open and not sent. */
const isOther = (open: Open | Locked, code: string): boolean => open === 'locked' || (!open.sent && open.code !== code);
