import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Answer, because, type Render, ServiceUnavailable, show } from '#libs/pages';
import { Places } from '../places.js';
import { read, refusedAt } from '../concerns/acts/act.js';
import { Concerns } from '../concerns/concerns.js';
import { concernCase, type ConcernCase, refusal } from '../concerns/shapes.js';
import { RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';
import { isSentBefore, sentBefore } from '../sent-before.js';
import { type Away, isAway, unlessAway } from '../unless-away.js';
import { fieldsByCode, GIVEN, payloadOf, secondLookPage, shape } from './second-look-page.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });

/** A decision that was drawn by lot is made again, blind, by somebody else. */
@Controller('concerns/:id/second-look')
export class SecondLookController {
  constructor(
    private readonly services: Services,
    private readonly concerns: Concerns,
    private readonly places: Places,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async look(@Param('id') id: string, @Res() reply: FastifyReply) {
    const found = await this.found(id);
    if ('why' in found) return this.notTheirs(reply, found.why);
    return this.page(reply, found, { typed: read(shape, {}), key: randomUUID() });
  }

  @Post()
  async give(@Param('id') id: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    const found = await this.found(id);
    const [typed, { key, seen }] = [read(shape, body), read(hidden, body)];
    // Once it is given it is no more for them to look at; a form whose answer was lost is sent on all the same.
    const answer = await this.concerns.send(id, { path: 'second-look', payload: payloadOf(typed), seen, key }).catch(unlessAway);
    if ('why' in found) return this.maybeGiven(reply, id, { answer, why: found.why });
    if (isAway(answer)) return this.page(reply, found, { typed, key, seen, away: answer, status: 503 });
    if (isSentBefore(answer)) return this.page(reply, found, { typed, ...sentBefore() });
    if (answer.status < 300) return reply.redirect(paths.concern(id, GIVEN), 303);
    const { changes, sequence, ...refused } = refusal.parse(answer.body ?? {});
    const again = { typed, key: randomUUID(), status: answer.status };
    if (answer.status === 412) return this.page(reply, found, { ...again, seen: sequence, changes });
    return this.page(reply, found, { ...again, seen, errors: refusedAt(fieldsByCode, refused.refusals ?? [refused]) });
  }

  /** The concern as it was before the decision, or why it is not for them to look at. */
  private async found(id: string): Promise<ConcernCase | { why: string }> {
    if (!z.uuid().safeParse(id).success) throw new NotFoundException();
    const { status, body } = await this.services.triage.as(because('second look')).ask(`/concerns/${id}/second-look`);
    if (status === 404) throw new NotFoundException();
    if (status === 409) return { why: refusal.parse(body ?? {}).detail };
    const { success, data } = concernCase.safeParse(body);
    if (!success) throw new ServiceUnavailable('triage');
    return data;
  }

  /** What it was sent on for where they cannot look at it: they gave it before, or it is not for them. */
  private maybeGiven(reply: FastifyReply, id: string, { answer, why }: { answer: Answer | Away; why: string }) {
    if (isAway(answer)) throw new ServiceUnavailable('triage', { isUnsent: answer === 'unsent' });
    if (answer.status < 300) return reply.redirect(paths.concern(id, GIVEN), 303);
    if (isSentBefore(answer)) return show(reply, this.render('sent-before.njk', { title: 'Second look', here: paths.queues(), backHref: paths.concern(id), ...sentBefore() }), 422);
    return this.notTheirs(reply, why);
  }

  private notTheirs(reply: FastifyReply, why: string) {
    return show(reply, this.render('problem.njk', { title: 'There is no second look here for you', lines: [why], here: paths.queues() }), 409);
  }

  private async page(reply: FastifyReply, concern: ConcernCase, { status, seen, ...more }: Showing) {
    const [person, called] = await Promise.all([this.concerns.person(concern.personId), this.places.calledIn(concern)]);
    const shown = { ...more, seen: seen ?? concern.sequence, csrf: reply.generateCsrf() };
    return show(reply, this.render('second-look.njk', secondLookPage(concern, { person, called }, shown)), status);
  }
}

interface Showing extends Omit<Parameters<typeof secondLookPage>[2], 'seen' | 'csrf'> {
  seen?: number | undefined;
  status?: number;
}
