import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { fileRefusal, Pace, type Render, sentFileIn, ServiceUnavailable, show, TooFast, visitor } from '#libs/pages';
import { heldReceipt } from '../concern/hold-receipt.js';
import { placeOf } from '../concern/receipt.js';
import type { Config } from '../config.js';
import { dropFollowing, heldFollowing } from '../follow/code/hold-following.js';
import { CONFIG, RENDER, Triage } from '../outside.js';
import { paths } from '../paths.js';
import type { FilePlace, FollowedPlace } from './file-place.js';
import { filesOverPage, filesPage } from './files-page.js';

const hourSeconds = 3_600;
const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });

const lost = 'The connection broke, and we cannot tell whether this file arrived. Nothing else is lost. Choose it again in a few minutes: it is taken once';
const another = 'Another file was sent with this page before. Look whether it is below, then choose this one again';

/** To which concern files are added, and from which page. */
interface At {
  place: FilePlace | FollowedPlace;
  reference?: string;
  here: string;
  back: { href: string; text: string };
}

/** Adding files to a concern: with the receipt in hand, when following it by a code, or to one's own when signed in. */
@Controller('concerns')
export class FilesController {
  private readonly pace: Pace;

  constructor(
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {
    this.pace = new Pace(config.FILES_AN_HOUR, hourSeconds);
  }

  @Get('receipt/files')
  withReceipt(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const at = this.atReceipt(request);
    return at ? this.page(reply, at) : reply.redirect(paths.receipt(), 303);
  }

  @Post('receipt/files')
  addWithReceipt(@Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply) {
    const at = this.atReceipt(request);
    return at ? this.add({ request, reply }, at, body) : reply.redirect(paths.receipt(), 303);
  }

  @Get('follow/files')
  whenFollowing(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const at = this.atFollowed(request);
    return at ? this.page(reply, at) : reply.redirect(paths.followed(), 303);
  }

  @Post('follow/files')
  addWhenFollowing(@Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply) {
    const at = this.atFollowed(request);
    return at ? this.add({ request, reply }, at, body) : reply.redirect(paths.followed(), 303);
  }

  @Get('raised/:id/files')
  ofOwn(@Param('id') id: string, @Res() reply: FastifyReply) {
    return this.page(reply, atOwn(id));
  }

  @Post('raised/:id/files')
  addToOwn(@Param('id') id: string, @Req() request: FastifyRequest, @Body() body: unknown, @Res() reply: FastifyReply) {
    return this.add({ request, reply }, atOwn(id), body);
  }

  private atReceipt(request: FastifyRequest): At | undefined {
    const kept = heldReceipt(this.config, request);
    const place = kept && placeOf(kept);
    return place && { place, reference: kept.reference, here: paths.receiptFiles(), back: { href: paths.receipt(), text: 'Back to your receipt' } };
  }

  private atFollowed(request: FastifyRequest): At | undefined {
    const held = heldFollowing(this.config, request);
    return held && 'following' in held ? { place: held, here: paths.followedFiles(), back: { href: paths.followed(), text: 'Back to your concern' } } : undefined;
  }

  private async add({ request, reply }: { request: FastifyRequest; reply: FastifyReply }, at: At, body: unknown) {
    const { key } = hidden.parse(body ?? {});
    const file = sentFileIn(body);
    if (!file) return this.page(reply, at, { key, status: 400, refused: 'Choose a file' });
    const wait = await this.tooMany(request);
    if (wait) return this.page(reply, at, { key, status: 429, refused: wait });
    const answer = await this.triage.addFile(at.place, file, key).catch(unlessAway);
    if (answer === 'away') return this.page(reply, at, { key, status: 503, refused: lost });
    if (answer.status === 404) throw new NotFoundException();
    if (answer.status >= 300) return this.page(reply, at, { status: answer.status, refused: answer.status === 422 ? another : fileRefusal.parse(answer.body ?? {}).detail });
    return reply.redirect(at.here, 303);
  }

  /** What whoever sends too many is told. */
  private async tooMany(request: FastifyRequest): Promise<string | undefined> {
    try {
      await this.pace.count(visitor()?.id ?? request.ip);
      return undefined;
    } catch (error) {
      if (!(error instanceof TooFast)) throw error;
      return `More files were sent from here than people send in an hour. Try again in ${Math.ceil(error.waitSeconds / 60)} minutes, or ring us`;
    }
  }

  private async page(reply: FastifyReply, { place, ...at }: At, { status = 200, refused, key = randomUUID() }: { status?: number; refused?: string; key?: string } = {}) {
    const phone = this.config.SAFEGUARDING_PHONE;
    // A form that came back is shown in any case.
    const files = await this.triage.files(place).catch(refused === undefined ? throws : unlessAway);
    if (!files) throw new NotFoundException();
    if (files !== 'away' && 'detail' in files) return show(files.code === 'concern/not-following' ? dropFollowing(this.config, reply) : reply, this.render('files-over.njk', filesOverPage(files, { ...at, isRefused: refused !== undefined, phone })), 410);
    const errors = refused ? [{ text: refused, href: '#file' }] : [];
    const shown = { reference: undefined, ...at, errors, key, csrf: reply.generateCsrf(), phone };
    return show(reply, this.render('files.njk', filesPage(files === 'away' ? undefined : files, shown)), status);
  }
}

/** Whoever comes here is signed in. Which council it is with, triage finds by whose it is. */
function atOwn(id: string): At {
  const who = visitor();
  if (!who || !z.uuid().safeParse(id).success) throw new NotFoundException();
  return { place: { id, authority: '', as: who.id }, here: paths.raisedFiles(id), back: { href: paths.raised(), text: 'Back to your concerns' } };
}

function unlessAway(error: unknown): 'away' {
  if (error instanceof ServiceUnavailable) return 'away';
  throw error;
}

function throws(error: unknown): never {
  throw error;
}
