import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { read, text } from '../concerns/acts/act.js';
import { refusal } from '../concerns/shapes.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { isAway, unlessAway } from '../unless-away.js';
import { type Form, heldAfter, type Listed, listPage, lostPage, reviewPage, type Sought } from './retention-pages.js';
import { Retention } from './retention.js';
import { acts, type Act, type Kind, KINDS, kinds, referredTo } from './shapes.js';

const kind = z.enum(kinds as [Kind, ...Kind[]]);
const act = z.enum(acts as [Act, ...Act[]]);
const listQuery = z.object(Object.fromEntries(kinds.flatMap((name) => [name, heldAfter(name)]).map((name) => [name, z.uuid().catch('')])));
const reviewQuery = z.object({ done: act.optional().catch(undefined) });
const sent = z.object({ reason: text, key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });
/** No reference is longer. */
const longest = 100;

/** For data managers: what has been kept for as long as it has to be, and what goes, by two of them. */
@Controller('retention')
export class RetentionController {
  constructor(
    private readonly retention: Retention,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Res() reply: FastifyReply) {
    return this.listed(reply, { query, sought: { reference: '' } });
  }

  @Post('find')
  async find(@Body() body: unknown, @Res() reply: FastifyReply) {
    const { reference } = read(z.object({ reference: text }), body);
    if (reference === '' || reference.length > longest) return this.listed(reply, { query: {}, sought: { reference, error: 'Type the whole reference, such as SC-0123-ABCD' }, status: 400 });
    const all = await Promise.all(referredTo.map(async (name) => ({ kind: name, reviews: await this.retention.called(name, reference).catch(unlessAway) })));
    const found = all.flatMap(({ kind: name, reviews }) => (isAway(reviews) ? [] : reviews.map((review) => ({ kind: name, review }))));
    const away = all.filter(({ reviews }) => isAway(reviews)).map(({ kind: name }) => KINDS[name].heading);
    if (away.length > 0) return this.listed(reply, { query: {}, sought: { reference, found, isPartial: true, error: `These could not be searched just now: ${away.join(', ')}. Try again in a moment` }, status: 503 });
    if (found.length === 1) return reply.redirect(paths.kept(found[0]!.kind, found[0]!.review.id), 303);
    if (found.length === 0) return this.listed(reply, { query: {}, sought: { reference, error: 'Nothing of your council has this reference. Names are not searched for' }, status: 404 });
    return this.listed(reply, { query: {}, sought: { reference, found } });
  }

  @Get(':kind/:id')
  async look(@Param() params: unknown, @Query() query: unknown, @Res() reply: FastifyReply) {
    return this.page(reply, asked(params), { key: randomUUID(), done: reviewQuery.parse(query).done });
  }

  @Post(':kind/:id/:act')
  async change(@Param() params: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const of = asked(params);
    const doing = act.safeParse((params as { act?: unknown }).act);
    if (!doing.success) throw new NotFoundException();
    const { reason, key, seen } = read(sent, body);
    const answer = await this.retention.send(of.kind, { id: of.id, act: doing.data, reason }, { seen, key }).catch(unlessAway);
    const again = { sent: seen, key: randomUUID(), tried: { act: doing.data, reason, error: '', isUnclear: answer === 'unclear' } };
    if (isAway(answer)) {
      const error = answer === 'unsent' ? 'Nothing was done: a part of the system cannot be reached. Try again in a moment' : 'No answer came, so it is not known whether it was done. Send it again in a moment: it is done once';
      return this.page(reply, of, { ...again, key, seen: answer === 'unclear' ? seen : undefined, tried: { ...again.tried, error }, status: 503 });
    }
    if (answer.status === 404) throw new NotFoundException();
    if (answer.status < 300) return reply.redirect(paths.kept(of.kind, of.id, doing.data), 303);
    const { detail } = refusal.parse(answer.body ?? {});
    const error = answer.status === 412 ? 'Somebody has done something with it meanwhile. Look at it again before you go on' : detail;
    return this.page(reply, of, { ...again, tried: { ...again.tried, error }, status: answer.status });
  }

  private async listed(reply: FastifyReply, { query, sought, status }: { query: unknown; sought: Sought; status?: number }) {
    const choice = listQuery.parse(query) as Record<string, string>;
    const of = async (name: Kind): Promise<[Kind, Listed[Kind]]> => {
      const [due, held] = await Promise.all([this.retention.due(name, choice[name] ?? '').catch(unlessAway), this.retention.held(name, choice[heldAfter(name)] ?? '').catch(unlessAway)]);
      return [name, { due, held }];
    };
    const [pages, called] = await Promise.all([Promise.all(kinds.map(of)), this.colleagues.called()]);
    const listed = Object.fromEntries(pages) as Listed;
    return show(reply, this.render('retention.njk', listPage(listed, { called, sought, csrf: reply.generateCsrf() })), status);
  }

  private async page(reply: FastifyReply, { kind: name, id }: Asked, { status, seen, ...shown }: Shown) {
    const csrf = reply.generateCsrf();
    const [review, called] = await Promise.all([this.retention.one(name, id).catch((error: unknown) => (shown.tried ? unlessAway(error) : Promise.reject(error))), this.colleagues.called()]);
    if (!isAway(review)) return show(reply, this.render('kept.njk', reviewPage(name, review, { called, form: { ...shown, seen: seen ?? review.sequence, csrf } })), status);
    return show(reply, this.render('kept.njk', lostPage(name, id, { ...shown, tried: shown.tried!, seen: shown.sent ?? 1, csrf })), 503);
  }
}

/** `seen`: the version that was sent, where that is to be sent again and not the one that is shown. */
type Shown = Omit<Form, 'csrf' | 'seen'> & { status?: number; seen?: number | undefined; sent?: number };

interface Asked {
  kind: Kind;
  id: string;
}

function asked(params: unknown): Asked {
  const parsed = z.object({ kind, id: z.uuid() }).safeParse(params);
  if (!parsed.success) throw new NotFoundException();
  return parsed.data;
}
