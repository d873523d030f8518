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
import { type Act, type Member, StaffMembers } from './staff.js';
import { actPage, commandOf, errorsIn, listPage, memberPage, shape, type Typed } from './staff-pages.js';

const asked = z.object({ id: z.uuid(), act: z.enum(['end-sessions', 'disable', 'enable']).optional() });

/** For administrators: who works here, whose sessions to end, and whom to disable. */
@Controller('staff')
export class StaffController {
  constructor(
    private readonly staff: StaffMembers,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply) {
    mustBeAllowed();
    return show(reply, this.render('staff.njk', listPage(await this.staff.all())));
  }

  @Get(':id')
  async look(@Param() params: unknown, @Query() query: unknown, @Res() reply: FastifyReply) {
    const { member } = await this.found(params);
    return show(reply, this.render('staff-member.njk', memberPage(member, read(z.object({ done: text }), query).done)));
  }

  @Get(':id/:act')
  async form(@Param() params: unknown, @Res() reply: FastifyReply) {
    const { member, act } = await this.found(params);
    if (!member.permitted.includes(commandOf(act))) return reply.redirect(paths.staffMember(member.id), 303);
    return this.page(reply, member, { act, typed: read(shape, {}), key: randomUUID() });
  }

  @Post(':id/:act')
  async change(@Param() params: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { member, act } = await this.found(params);
    const typed = read(shape, body);
    const back = await sendForm({ ...read(hidden, body), errors: errorsIn(act, typed), send: (on) => this.staff.send(member.id, act, typed, on) });
    if (!back) return reply.redirect(paths.staffMember(member.id, act), 303);
    return this.page(reply, back.status === 412 ? (await this.found(params)).member : member, { act, typed, ...back });
  }

  private async found(params: unknown): Promise<{ member: Member; act: Act }> {
    mustBeAllowed();
    const { success, data } = asked.safeParse(params);
    if (!success) throw new NotFoundException();
    return { member: await this.staff.find(data.id), act: data.act ?? 'end-sessions' };
  }

  private async page(reply: FastifyReply, member: Member, { status, seen, ...more }: Showing) {
    const called = await this.colleagues.called();
    const shown = { ...more, called, seen: seen ?? member.sequence, csrf: reply.generateCsrf() };
    return show(reply, this.render('staff-act.njk', actPage(member, shown)), status);
  }
}

function mustBeAllowed(): void {
  if (!may('staff_member.disable')) throw new NotAllowed('Who may work here is kept by administrators.');
}

interface Showing extends Back {
  act: Act;
  typed: Typed;
}
