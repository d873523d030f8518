import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show, visitor } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { read } from '../concerns/acts/act.js';
import { Names } from '../names.js';
import { NOW, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { givenText } from '../queues/given-told.js';
import { type Back, hidden, sendForm } from '../sent-form.js';
import { allocatePage, errorsIn, fieldsByCode, shape, type Typed } from './allocate-page.js';
import { type Act, actFor, Enquiries, type Enquiry, isHeld } from './enquiries.js';

const opening = hidden.extend({ act: z.enum(['allocate', 'reallocate']).optional().catch(undefined) });

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
    const [typed, { act: opened, ...sent }, enquiry] = [read(shape, body), read(opening, body), await this.found(id)];
    const act = opened ?? actFor(enquiry);
    // What somebody else did meanwhile is told first.
    const errors = errorsIn(typed, act === 'reallocate' && sent.seen === enquiry.sequence);
    const back = await sendForm({ ...sent, errors, fields: fieldsByCode, send: (on) => this.enquiries.allocate(id, typed, { act, ...on }) });
    if (!back) return reply.redirect(paths.queue('enquiries', { given: reply.signCookie(givenText({ kind: 'allocated', number: 1, to: typed.worker, by: visitor()?.id ?? '' }, this.now())) }), 303);
    // It is for what it was opened for as long as it stands on the version that was seen.
    return this.page(reply, back.status === 412 ? await this.found(id) : enquiry, { typed, ...(back.seen === sent.seen && { act }), ...back });
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

interface Showing extends Back {
  typed: Typed;
  /** What it was opened for; left out, what is to be done with the enquiry as it is. */
  act?: Act;
}
