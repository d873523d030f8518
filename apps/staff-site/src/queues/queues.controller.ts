import { Controller, Get, Inject, NotFoundException, Param, Query, Redirect, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, type ServiceClient, show } from '#libs/pages';
import { AUTHORITIES, ownAuthority } from '../authorities.js';
import { Colleagues } from '../colleagues.js';
import { Names } from '../names.js';
import { RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';
import { dolsDefinition, enquiriesDefinition, feedbackDefinition, type QueueDefinition, triageDefinition } from './definitions.js';
import { type QueueChoice, queryOf, queuePage } from './queue-page.js';
import { dolsQueue, enquiryQueue, feedbackQueue, type QueuePage, triageQueue } from './shapes.js';

/** No service counts further. */
const LAST_PAGE = 100_000;

type Shown = ReturnType<typeof queuePage>;

@Controller('queues')
export class QueuesController {
  constructor(
    private readonly services: Services,
    private readonly names: Names,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  @Redirect(paths.queue('triage'))
  first() {}

  @Get(':name')
  async queue(@Param('name') name: string, @Query() query: unknown, @Res() reply: FastifyReply) {
    return show(reply, this.render('queue.njk', await this.page(name, query)));
  }

  private page(name: string, query: unknown): Promise<Shown> {
    const { triage, section42, dols } = this.services;
    if (name === 'triage') return this.shown(triageDefinition, query, { service: triage, path: '/queue', shape: triageQueue });
    if (name === 'feedback') return this.shown(feedbackDefinition, query, { service: triage, path: '/feedback-owed', shape: feedbackQueue });
    if (name === 'enquiries') return this.shown(enquiriesDefinition, query, { service: section42, path: '/queue', shape: enquiryQueue });
    if (name === 'dols') return this.shown(dolsDefinition, query, { service: dols, path: '/queue', shape: dolsQueue });
    throw new NotFoundException();
  }

  /** One page of a queue with its names, and how long its oldest has waited, whichever way the page is sorted. */
  private async shown<Item extends Waiting>(definition: QueueDefinition<Item>, query: unknown, { service, path, shape }: Source<Item>): Promise<Shown> {
    const choice = chosen(definition, query);
    const oldestFirst = queryOf({ ...choice, page: 1, sort: definition.since, direction: 'asc' });
    const [queue, oldest] = await Promise.all([service.get(path, queryOf(choice), shape), service.get(path, oldestFirst, shape)]);
    const people = queue.items.map(({ personId }) => personId);
    const [names, called] = await Promise.all([this.names.of(people, `queue: ${definition.title}`), this.colleagues.called()]);
    return queuePage(definition, choice, { queue, oldestDays: oldest.items[0]?.waitingDays, names, called });
  }
}

interface Waiting {
  waitingDays: number;
  personId?: string | null | undefined;
}

interface Source<Item> {
  service: ServiceClient;
  path: string;
  shape: z.ZodType<QueuePage<Item>>;
}

/** What was asked for, as far as this queue knows it; anything else is left aside. */
function chosen(definition: Pick<QueueDefinition<never>, 'filters' | 'columns'>, query: unknown): QueueChoice {
  const sorts = definition.columns.flatMap(({ sort }) => sort ?? []);
  const asked = z
    .object({
      authority: z.enum(AUTHORITIES.map(({ code }) => code)).catch(ownAuthority()),
      page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
      sort: z.enum(sorts).optional().catch(undefined),
      direction: z.enum(['asc', 'desc']).optional().catch(undefined),
    })
    .parse(query);
  const given = z.record(z.string(), z.unknown()).parse(query);
  const filters = definition.filters
    .filter(({ name, options }) => options.some(({ value }) => value === given[name]))
    .map(({ name }) => [name, String(given[name])]);
  return { ...asked, filters: Object.fromEntries(filters) };
}
