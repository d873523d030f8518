import { Controller, Get, Inject, NotFoundException, Param, Query, Redirect, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, type ServiceClient, show } from '#libs/pages';
import { AUTHORITIES, ownAuthority } from '../authorities.js';
import { RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';
import { dolsDefinition, enquiriesDefinition, type QueueDefinition, triageDefinition } from './definitions.js';
import { type QueueChoice, queryOf, queuePage } from './queue-page.js';
import { dolsQueue, enquiryQueue, type QueuePage, triageQueue } from './shapes.js';

/** No service counts further. */
const LAST_PAGE = 100_000;

type Shown = ReturnType<typeof queuePage>;

@Controller('queues')
export class QueuesController {
  constructor(
    private readonly services: Services,
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
    if (name === 'triage') return shown(triageDefinition, query, { service: this.services.triage, shape: triageQueue });
    if (name === 'enquiries') return shown(enquiriesDefinition, query, { service: this.services.section42, shape: enquiryQueue });
    if (name === 'dols') return shown(dolsDefinition, query, { service: this.services.dols, shape: dolsQueue });
    throw new NotFoundException();
  }
}

interface Source<Item> {
  service: ServiceClient;
  shape: z.ZodType<QueuePage<Item>>;
}

/** One page of a queue, and how long its oldest has waited, whichever way the page is sorted. */
async function shown<Item extends { waitingDays: number }>(
  definition: QueueDefinition<Item>,
  query: unknown,
  { service, shape }: Source<Item>,
): Promise<Shown> {
  const choice = chosen(definition, query);
  const oldestFirst = queryOf({ ...choice, page: 1, sort: definition.since, direction: 'asc' });
  const [queue, oldest] = await Promise.all([
    service.get('/queue', queryOf(choice), shape),
    service.get('/queue', oldestFirst, shape),
  ]);
  return queuePage(definition, choice, { queue, oldestDays: oldest.items[0]?.waitingDays });
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
