import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Pace, type Render, ServiceUnavailable, show, TooFast, visitor } from '#libs/pages';
import type { Config } from '../config.js';
import type { FollowedPlace } from '../files/file-place.js';
import { overPage } from '../follow/code/follow-pages.js';
import { dropFollowing, heldFollowing } from '../follow/code/hold-following.js';
import { CONFIG, RENDER, Triage } from '../outside.js';
import { paths } from '../paths.js';
import { type More, morePage } from './more-page.js';

const hourSeconds = 3_600;
const mostAnHour = 60;
const longestWords = 20_000;

const several = z.preprocess((typed) => (typed === undefined ? [] : [typed].flat()), z.array(z.string().max(50)).max(20).catch([]));
const danger = z.enum(['yes', 'no', 'not_sure']).optional().catch(undefined);
const sent = z
  .object({ key: z.uuid().catch(() => randomUUID()), what: several, words: z.string().trim().catch(''), in_danger: danger })
  .transform(({ key, what, words, in_danger: inDanger }) => ({ key, typed: { what, words, ...(inDanger && { inDanger }) } }));
const refusal = z.object({ detail: z.string().catch('It was not taken.'), code: z.string().optional().catch(undefined) });

const lost = 'The connection broke, and we cannot tell whether this arrived. Send it again in a few minutes as it is: it is taken once';
const another = 'You wrote something else with this page before. Look whether it is above, then send this again';

/** To which concern somebody writes, and from which page. */
interface At {
  place: { id: string } | FollowedPlace;
  here: string;
  back: { href: string; text: string };
}

interface Why {
  status: number;
  refused?: string;
  key?: string;
  typed?: More;
}

/** Answering what was asked of a concern that one raised, or writing what else one knows: to one's own when signed in, or when following it by a code. */
@Controller('concerns')
export class MoreController {
  private readonly pace = new Pace(mostAnHour, hourSeconds);

  constructor(
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get('follow/more')
  whenFollowing(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const at = this.atFollowed(request);
    return at ? this.page(reply, at) : reply.redirect(paths.followed(), 303);
  }

  @Post('follow/more')
  tellWhenFollowing(@Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply) {
    const at = this.atFollowed(request);
    return at ? this.tell({ request, reply }, at, body) : reply.redirect(paths.followed(), 303);
  }

  @Get('raised/:id/more')
  ofOwn(@Param('id') id: string, @Res() reply: FastifyReply) {
    return this.page(reply, atOwn(id));
  }

  @Post('raised/:id/more')
  tellOfOwn(@Param('id') id: string, @Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply) {
    return this.tell({ request, reply }, atOwn(id), body);
  }

  private atFollowed(request: FastifyRequest): At | undefined {
    const held = heldFollowing(this.config, request);
    return held && 'following' in held ? { place: held, here: paths.followedMore(), back: { href: paths.followed(), text: 'Back to your concern' } } : undefined;
  }

  private async tell({ request, reply }: { request: FastifyRequest; reply: FastifyReply }, at: At, body: unknown) {
    const { key, typed } = sent.parse(body ?? {});
    const again = (status: number, refused: string, more: Partial<Why> = {}) => this.page(reply, at, { status, refused, typed, ...more });
    if (typed.words === '' && typed.inDanger === undefined) return again(400, 'Write what you can tell us', { key });
    if (typed.words.length > longestWords) return again(400, `This is too long: write ${longestWords.toLocaleString('en-GB')} characters at most, and send the rest after that`, { key });
    const wait = await this.tooMany(request);
    if (wait) return again(429, wait, { key });
    const answer = await this.triage.tellMore(at.place, typed, key).catch(unlessAway);
    if (answer === 'away') return again(503, lost, { key });
    if (answer.status === 404) throw new NotFoundException();
    if (answer.status >= 300) return again(answer.status, answer.status === 422 ? another : refusal.parse(answer.body ?? {}).detail);
    return reply.redirect(at.here, 303);
  }

  /** What whoever sends too much is told. */
  private async tooMany(request: FastifyRequest): Promise<string | undefined> {
    try {
      await this.pace.count(visitor()?.id ?? request.ip);
      return undefined;
    } catch (error) {
      if (!(error instanceof TooFast)) throw error;
      return `More was sent from here than people write in an hour. Try again in ${Math.ceil(error.waitSeconds / 60)} minutes, or ring us`;
    }
  }

  private async page(reply: FastifyReply, { place, here, back }: At, { status, refused, key = randomUUID(), typed = { what: [], words: '' } }: Why = { status: 200 }) {
    const phone = this.config.SAFEGUARDING_PHONE;
    // A form that came back is shown in any case.
    const concern = await this.triage.toTell(place).catch(refused === undefined ? throws : unlessAway);
    if (concern === undefined && 'following' in place) return show(dropFollowing(this.config, reply), this.render('follow/over.njk', overPage({ phone, isRefused: refused !== undefined })), 410);
    if (concern === undefined) throw new NotFoundException();
    const isTakenBack = concern === 'taken_back';
    // What was typed and not taken never vanishes without a word.
    if (isTakenBack && refused === undefined) return reply.redirect(back.href, 303);
    const errors = refused ? [{ text: refused, href: '#words' }] : [];
    return show(reply, this.render('more.njk', morePage(typeof concern === 'string' ? undefined : concern, { isTakenBack, here, back, phone, csrf: reply.generateCsrf(), key, errors, typed })), status);
  }
}

/** Whoever comes here is signed in. Which council it is with, triage finds by whose it is. */
function atOwn(id: string): At {
  if (!visitor() || !z.uuid().safeParse(id).success) throw new NotFoundException();
  return { place: { id }, here: paths.raisedMore(id), back: { href: paths.raised(), text: 'Back to your concerns' } };
}

function unlessAway(error: unknown): 'away' {
  if (error instanceof ServiceUnavailable) return 'away';
  throw error;
}

function throws(error: unknown): never {
  throw error;
}
