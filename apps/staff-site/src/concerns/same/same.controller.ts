import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { RENDER } from '../../outside.js';
import { paths } from '../../paths.js';
import { isSentBefore, sentBefore } from '../../sent-before.js';
import { isAway, unlessAway } from '../../unless-away.js';
import { Colleagues } from '../../colleagues.js';
import { read, text } from '../acts/act.js';
import { Concerns } from '../concerns.js';
import { AskForSecondLook } from '../second-look-wanted.js';
import { type ConcernCase, refusal } from '../shapes.js';
import { errorsIn, samePage, type Typed } from './same-page.js';
import { type Likeness, SamePerson, type Verdict } from './same-person.js';

const form = z.object({ verdict: text, other: text, reason: text, key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });

/** Whether the person of a concern and somebody else are one: found by a person, and undone likewise. Nobody stands in an address. */
@Controller('concerns/:id/same')
@UseFilters(AskForSecondLook)
export class SamePersonController {
  constructor(
    private readonly concerns: Concerns,
    private readonly same: SamePerson,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async look(@Param('id') id: string, @Res() reply: FastifyReply) {
    return this.page(reply, await this.found(id), { typed: read(form, {}), key: randomUUID() });
  }

  @Post()
  async decide(@Param('id') id: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { key, seen, ...typed } = read(form, body);
    const found = await this.found(id, { leavesLook: true });
    const errors = errorsIn(typed, found.likeness, seen);
    if (errors.length > 0) return this.page(reply, found, { typed, key, seen, errors, status: 400 });
    const answer = await this.same.send(found.concern.personId!, { ...typed, verdict: typed.verdict as Verdict }, { seen, key }).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, found, { typed, key, seen, away: answer, status: 503 });
    if (isSentBefore(answer)) return this.page(reply, found, { typed, ...sentBefore() });
    if (answer.status < 300) return reply.redirect(paths.concern(id, typed.verdict), 303);
    const { detail, changes, sequence } = refusal.parse(answer.body ?? {});
    const again = { typed, key: randomUUID(), status: answer.status };
    if (answer.status === 412) return this.page(reply, await this.found(id, { leavesLook: true }), { ...again, seen: sequence, changes });
    return this.page(reply, found, { ...again, seen, errors: [{ text: detail, href: '#form' }] });
  }

  private async found(id: string, opening?: { leavesLook: true }): Promise<Found> {
    if (!z.uuid().safeParse(id).success) throw new NotFoundException();
    const concern = await this.concerns.find(id, opening);
    if (concern.personId === null) throw new NotFoundException();
    return { concern, likeness: await this.same.likeness(concern.personId) };
  }

  private async page(reply: FastifyReply, { concern, likeness }: Found, { status, seen, errors = [], changes, ...more }: Showing) {
    const [called, concerns] = await Promise.all([this.colleagues.called(), this.same.concernsOf(likeness)]);
    const shown = { ...more, called, concerns, errors, ...(changes && { changes }), seen: seen ?? likeness.sequence, csrf: reply.generateCsrf() };
    return show(reply, this.render('concern/same.njk', samePage(concern, likeness, shown)), status);
  }
}

interface Found {
  concern: ConcernCase;
  likeness: Likeness;
}

interface Showing extends Pick<Parameters<typeof samePage>[2], 'key' | 'away' | 'isSentBefore'> {
  typed: Typed;
  seen?: number | undefined;
  errors?: Parameters<typeof samePage>[2]['errors'];
  changes?: Parameters<typeof samePage>[2]['changes'] | undefined;
  status?: number;
}
