import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type FormError, type Render, show, visitor } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { read, refusedAt } from '../concerns/acts/act.js';
import { refusal } from '../concerns/shapes.js';
import { Names } from '../names.js';
import { NOW, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { givenText } from '../queues/given-told.js';
import { isSentBefore, sentBefore } from '../sent-before.js';
import { type Away, isAway, unlessAway } from '../unless-away.js';
import { allocatePage, type Changes, errorsIn, fieldsByCode, shape, type Typed } from './allocate-page.js';
import { type Act, actFor, Enquiries, type Enquiry, isHeld } from './enquiries.js';

const hidden = z.object({ act: z.enum(['allocate', 'reallocate']).optional().catch(undefined), key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });

/** A manager gives an enquiry to a worker; one that somebody has already, with why. */
@Controller('enquiries/:id/allocate')
export class AllocateController {
  constructor(
    private readonly enquiries: Enquiries,
    private readonly colleagues: Colleagues,
    private readonly names: Names,
    @Inject(RENDER) private readonly render: Render,
    @Inject(NOW) private readonly now: () => number,
  ) {}

  @Get()
  async look(@Param('id') id: string, @Res() reply: FastifyReply) {
    const enquiry = await this.found(id);
    if (!enquiry.permitted.includes('AllocateEnquiry') && !isHeld(enquiry)) return reply.redirect(paths.queue('enquiries'), 303);
    return this.page(reply, enquiry, { typed: read(shape, {}), key: randomUUID() });
  }

  @Post()
  async allocate(@Param('id') id: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    const [typed, { key, seen, ...opened }, enquiry] = [read(shape, body), read(hidden, body), await this.found(id)];
    const act = opened.act ?? actFor(enquiry);
    const sent = { typed, act, key, seen };
    // What somebody else did meanwhile is told first.
    const errors = errorsIn(typed, act === 'reallocate' && seen === enquiry.sequence);
    if (errors.length > 0) return this.page(reply, enquiry, { ...sent, errors, status: 400 });
    const answer = await this.enquiries.allocate(id, typed, sent).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, enquiry, { ...sent, away: answer, status: 503 });
    if (isSentBefore(answer)) return this.page(reply, enquiry, { typed, ...sentBefore() });
    if (answer.status < 300) return reply.redirect(paths.queue('enquiries', { given: reply.signCookie(givenText({ kind: 'allocated', number: 1, to: typed.worker, by: visitor()?.id ?? '' }, this.now())) }), 303);
    const { changes, sequence, ...refused } = refusal.parse(answer.body ?? {});
    const again = { typed, key: randomUUID(), status: answer.status };
    if (answer.status === 412) return this.page(reply, await this.found(id), { ...again, seen: sequence, changes });
    return this.page(reply, enquiry, { ...again, act, seen, errors: refusedAt(fieldsByCode, refused.refusals ?? [refused]) });
  }

  private async found(id: string): Promise<Enquiry> {
    if (!z.uuid().safeParse(id).success) throw new NotFoundException();
    return this.enquiries.find(id);
  }

  private async page(reply: FastifyReply, enquiry: Enquiry, { status, seen, act = actFor(enquiry), ...more }: Showing) {
    const [colleagues, called, teams, about] = await Promise.all([this.colleagues.all(), this.colleagues.called(), this.enquiries.teams(), this.about(enquiry)]);
    const shown = { ...more, ...about, act, colleagues, called, teams, seen: seen ?? enquiry.sequence, csrf: reply.generateCsrf() };
    return show(reply, this.render('enquiry/allocate.njk', allocatePage(enquiry, shown)), status);
  }

  /** Whom it is about, for the head of the form, and whether they are in danger. */
  private async about({ concernId }: Enquiry): Promise<{ name: string; inDanger: boolean; dangerToldAt: string | undefined }> {
    const { personId = null, inDanger = false, dangerToldAt } = (await this.enquiries.people([concernId]))?.get(concernId) ?? {};
    const names = personId ? await this.names.of([personId], 'allocating an enquiry') : undefined;
    return { name: (personId && names?.get(personId)) || 'name not known', inDanger, dangerToldAt: dangerToldAt ?? undefined };
  }
}

interface Showing {
  typed: Typed;
  /** What it was opened for; left out, what is to be done with the enquiry as it is. */
  act?: Act;
  key: string;
  seen?: number | undefined;
  errors?: FormError[];
  changes?: Changes | undefined;
  away?: Away;
  isSentBefore?: true;
  status?: number;
}
