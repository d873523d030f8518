import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { AUTHORITIES, orElsewhere, ownAuthority } from '../authorities.js';
import { Colleagues } from '../colleagues.js';
import { Names } from '../names.js';
import { RENDER, Services } from '../outside.js';
import { type DecidedChoice, decidedFilters, decidedPage } from './decided-page.js';
import { decidedList } from './shapes.js';

const asked = z.object({ authority: z.enum(AUTHORITIES.map(({ code }) => code)).optional().catch(undefined), decidedAt: z.iso.datetime().optional().catch(undefined), id: z.uuid().optional().catch(undefined) });

/** The concerns that are decided: to find one again, and to look over what was decided. */
@Controller('queues/decided')
export class DecidedController {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Res() reply: FastifyReply) {
    const colleagues = await this.colleagues.all();
    const choice = chosen(query, decidedFilters(colleagues));
    const list = await this.services.triage.get('/decided', { authority: choice.authority, ...choice.filters, ...choice.after }, decidedList).catch(orElsewhere(choice.authority));
    const [names, called] = await Promise.all([this.names.of(list.items.map(({ personId }) => personId), 'list: decided concerns'), this.colleagues.called()]);
    return show(reply, this.render('queue.njk', decidedPage(choice, { list, names, called, colleagues })));
  }
}

/** What was asked for, as far as this list knows it; anything else is left aside. */
function chosen(query: unknown, filters: ReturnType<typeof decidedFilters>): DecidedChoice {
  const { authority = ownAuthority(), decidedAt, id } = asked.parse(query ?? {});
  const given = z.record(z.string(), z.unknown()).parse(query ?? {});
  const known = filters.filter(({ name, options }) => options.some(({ value }) => value === given[name])).map(({ name }) => [name, String(given[name])]);
  return { authority, filters: Object.fromEntries(known), after: decidedAt && id ? { decidedAt, id } : {} };
}
