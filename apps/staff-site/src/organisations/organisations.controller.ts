import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { NotAllowed, type Render, show } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { read, text } from '../concerns/acts/act.js';
import { may } from '../may.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { type Back, hidden, sendForm } from '../sent-form.js';
import { type Act, Organisations, type WithAccounts } from './organisations.js';
import { actOf, actPage, fieldsByCode, listPage, organisationPage, shape, type Typed } from './organisation-pages.js';

const asked = z.object({ id: z.uuid(), act: z.enum(['link', 'take-off']).optional() });

/** For administrators and data managers: the partner organisations, and the accounts that sign in for each. */
@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly organisations: Organisations,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply) {
    mustBeAllowed();
    return show(reply, this.render('organisations.njk', listPage(await this.organisations.all())));
  }

  @Get(':id')
  async look(@Param() params: unknown, @Query() query: unknown, @Res() reply: FastifyReply) {
    const [{ organisation }, called] = await Promise.all([this.found(params), this.colleagues.called()]);
    const { done } = read(z.object({ done: text }), query);
    return show(reply, this.render('organisation.njk', organisationPage(organisation, { called, done })));
  }

  @Get(':id/:act')
  async form(@Param() params: unknown, @Res() reply: FastifyReply) {
    const { organisation, act } = await this.found(params);
    if (!organisation.permitted.includes(actOf(act).command)) return reply.redirect(paths.organisation(organisation.id), 303);
    return this.page(reply, organisation, { act, typed: read(shape, {}), key: randomUUID() });
  }

  @Post(':id/:act')
  async change(@Param() params: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { organisation, act } = await this.found(params);
    const typed = read(shape, body);
    const back = await sendForm({ ...read(hidden, body), errors: actOf(act).errorsIn(typed), fields: fieldsByCode, send: (on) => this.organisations.send(organisation.id, act, actOf(act).body(typed), on) });
    if (!back) return reply.redirect(paths.organisation(organisation.id, act), 303);
    return this.page(reply, back.status === 412 ? (await this.found(params)).organisation : organisation, { act, typed, ...back });
  }

  private async found(params: unknown): Promise<{ organisation: WithAccounts; act: Act }> {
    mustBeAllowed();
    const { success, data } = asked.safeParse(params);
    if (!success) throw new NotFoundException();
    return { organisation: await this.organisations.find(data.id), act: data.act ?? 'link' };
  }

  private async page(reply: FastifyReply, organisation: WithAccounts, { status, seen, ...more }: Showing) {
    const called = await this.colleagues.called();
    const shown = { ...more, called, seen: seen ?? organisation.sequence, csrf: reply.generateCsrf() };
    return show(reply, this.render('organisation-act.njk', actPage(organisation, shown)), status);
  }
}

function mustBeAllowed(): void {
  if (!may('organisation.correct')) throw new NotAllowed('Which account belongs to which organisation is kept by administrators and data managers.');
}

interface Showing extends Back {
  act: Act;
  typed: Typed;
}
