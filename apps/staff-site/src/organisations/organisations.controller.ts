import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { NotAllowed, type Render, show } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { read, refusedAt, text } from '../concerns/acts/act.js';
import { refusal } from '../concerns/shapes.js';
import { may } from '../may.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { isSentBefore, sentBefore } from '../sent-before.js';
import { isAway, unlessAway } from '../unless-away.js';
import { type Act, Organisations, type WithAccounts } from './organisations.js';
import { actOf, actPage, fieldsByCode, listPage, organisationPage, shape } from './organisation-pages.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });
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
    const [typed, { key, seen }] = [read(shape, body), read(hidden, body)];
    const sent = { act, typed, key, seen };
    const errors = actOf(act).errorsIn(typed);
    if (errors.length > 0) return this.page(reply, organisation, { ...sent, errors, status: 400 });
    const answer = await this.organisations.send(organisation.id, act, actOf(act).body(typed), sent).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, organisation, { ...sent, away: answer, status: 503 });
    if (isSentBefore(answer)) return this.page(reply, organisation, { act, typed, ...sentBefore() });
    if (answer.status < 300) return reply.redirect(paths.organisation(organisation.id, act), 303);
    const { changes, sequence, ...refused } = refusal.parse(answer.body ?? {});
    const again = { act, typed, key: randomUUID(), status: answer.status };
    if (answer.status === 412) return this.page(reply, (await this.found(params)).organisation, { ...again, seen: sequence, changes });
    return this.page(reply, organisation, { ...again, seen, errors: refusedAt(fieldsByCode, refused.refusals ?? [refused]) });
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

interface Showing extends Omit<Parameters<typeof actPage>[1], 'csrf' | 'called' | 'seen'> {
  seen?: number | undefined;
  status?: number;
}
