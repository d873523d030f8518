import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Pace, type Render, ServiceUnavailable, show, TooFast } from '#libs/pages';
import type { Config } from '../../config.js';
import { CONFIG, RENDER, Triage } from '../../outside.js';
import { paths } from '../../paths.js';
import { askPage, codePage, followedPage, overPage } from './follow-pages.js';
import { dropFollowing, heldFollowing, holdFollowing } from './hold-following.js';
import type { SentBy } from './shapes.js';

const hourSeconds = 3_600;
const typedReference = z.object({ reference: z.string().trim().max(100).catch('') });
const typedCode = z.object({ code: z.string().trim().max(20).catch('') });

const opensNothing = 'This code opens nothing. It works once, for 10 minutes, and five tries use it up. Check the reference and the code, or ask for another';

/** Whoever raised a concern without an account sees how it goes on, by its reference and a code that goes to the contact they gave. */
@Controller('concerns/follow')
export class FollowByCodeController {
  private readonly pace: Pace;

  constructor(
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {
    this.pace = new Pace(config.CODES_AN_HOUR, hourSeconds);
  }

  @Get()
  asks(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const held = heldFollowing(this.config, request);
    return held && 'following' in held ? reply.redirect(paths.followed(), 303) : this.ask(reply, { status: 200, typed: '', errors: [] });
  }

  @Post()
  async sendCode(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { reference } = typedReference.parse(body ?? {});
    if (reference === '') return this.ask(reply, { status: 400, typed: '', errors: [{ text: 'Type the reference that you were given', href: '#reference' }] });
    if (!looksLikeOne(reference)) return this.ask(reply, { status: 400, typed: reference, errors: [{ text: 'This is no reference of ours: it has the letters SC and then eight letters or digits, such as SC-1A2B-3C4D', href: '#reference' }] });
    const wait = await this.tooMany(request);
    if (wait) return this.ask(reply, { status: 429, typed: reference, errors: [{ text: wait, href: '#reference' }] });
    const sentBy = await this.triage.askCode(reference).catch(unlessAway);
    if (!sentBy) return this.ask(reply, { status: 503, typed: reference, errors: [{ text: 'We do not know whether a code was sent. Wait a minute, then ask for a code again', href: '#reference' }] });
    return holdFollowing(this.config, reply, { reference, sentBy }).redirect(paths.followCode(), 303);
  }

  @Get('code')
  asksCode(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const held = heldFollowing(this.config, request);
    return held && 'reference' in held ? this.code(reply, held, { status: 200, typed: '', errors: [] }) : reply.redirect(paths.follow(), 303);
  }

  @Post('code')
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const held = heldFollowing(this.config, request);
    if (!held || !('reference' in held)) return reply.redirect(paths.follow(), 303);
    const { code } = typedCode.parse(body ?? {});
    const again = (status: number, text: string) => this.code(reply, held, { status, typed: code, errors: [{ text, href: '#code' }] });
    if (!/^\D*(\d\D*){6}$/.test(code)) return again(400, 'Type the six digits of the code');
    const wait = await this.tooMany(request);
    if (wait) return again(429, wait);
    const followed = await this.triage.follow(held.reference, code);
    return followed ? holdFollowing(this.config, reply, followed).redirect(paths.followed(), 303) : again(400, opensNothing);
  }

  @Get('news')
  async news(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const held = heldFollowing(this.config, request);
    const open = held && 'following' in held ? held : undefined;
    const followed = open && (await this.triage.followed(open));
    if (open && followed) return show(reply, this.render('follow/news.njk', followedPage(open.council, followed, this.around(reply))));
    return show(dropFollowing(this.config, reply), this.render('follow/over.njk', overPage({ phone: this.config.SAFEGUARDING_PHONE })), 410);
  }

  @Post('end')
  async end(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const held = heldFollowing(this.config, request);
    // This browser forgets it in any case; there it is over half an hour later by itself.
    if (held && 'following' in held) await this.triage.unfollow(held).catch(unlessAway);
    return dropFollowing(this.config, reply).redirect(paths.home(), 303);
  }

  /** What whoever asks too often is told; they may share an address with a whole hospital. */
  private async tooMany(request: FastifyRequest): Promise<string | undefined> {
    try {
      await this.pace.count(request.ip);
      return undefined;
    } catch (error) {
      if (!(error instanceof TooFast)) throw error;
      return `Too many codes were asked for or tried from here. Try again in ${Math.ceil(error.waitSeconds / 60)} minutes, or ring us`;
    }
  }

  private ask(reply: FastifyReply, { status, ...page }: { status: number; typed: string; errors: { text: string; href: string }[] }) {
    return show(reply, this.render('follow/ask.njk', askPage(page, this.around(reply))), status);
  }

  private code(reply: FastifyReply, asked: { reference: string; sentBy: SentBy }, { status, ...page }: { status: number; typed: string; errors: { text: string; href: string }[] }) {
    return show(reply, this.render('follow/code.njk', codePage({ ...page, ...asked }, this.around(reply))), status);
  }

  private around(reply: FastifyReply) {
    return { csrf: reply.generateCsrf(), phone: this.config.SAFEGUARDING_PHONE };
  }
}

/** However it is spaced; whether there is such a concern nobody is told. */
const looksLikeOne = (reference: string): boolean => /^SC[0-9A-Z]{8}$/.test(reference.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));

function unlessAway(error: unknown): undefined {
  if (!(error instanceof ServiceUnavailable)) throw error;
  return undefined;
}
