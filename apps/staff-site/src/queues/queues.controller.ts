import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show, visitor } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { ownQueues } from '../menu.js';
import { NOW, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { givenIn } from './given-told.js';
import { viewChange } from './own-views.js';
import { Queues, type ViewRefused } from './queues.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });

@Controller('queues')
export class QueuesController {
  constructor(
    private readonly queues: Queues,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
    @Inject(NOW) private readonly now: () => number,
  ) {}

  /** The first that they may see. */
  @Get()
  first(@Res() reply: FastifyReply) {
    return reply.redirect(paths.queue(ownQueues()[0]?.name ?? 'triage'), 302);
  }

  @Get(':name')
  async queue(@Param('name') name: string, @Query() query: unknown, @Res() reply: FastifyReply) {
    const done = name === 'enquiries' ? await this.doneIn(reply, query) : undefined;
    return this.shown(reply, name, query, { done });
  }

  /** Saves what is chosen as a view of one's own, or forgets it. */
  @Post(':name/views/:act')
  async changeViews(@Param() params: unknown, @Query() query: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { success, data } = viewChange.safeParse(params);
    if (!success) throw new NotFoundException();
    const changed = await this.queues.changeViews(data, query, hidden.parse(body).key);
    if ('to' in changed) return reply.redirect(changed.to, 303);
    return this.shown(reply, data.name, query, changed);
  }

  private async shown(reply: FastifyReply, name: string, query: unknown, { status, ...more }: Partial<ViewRefused> & { done?: string | undefined }) {
    const page = await this.queues.page(name, query);
    return show(reply, this.render('queue.njk', { ...page, ...more, ownForm: page.own?.change && { key: randomUUID(), csrf: reply.generateCsrf() } }), status);
  }

  /** To whom an enquiry was given just now, where this site says so itself. */
  private async doneIn(reply: FastifyReply, query: unknown): Promise<string | undefined> {
    const { given } = z.object({ given: z.string().catch('') }).parse(query);
    const { valid, value } = reply.unsignCookie(given);
    const told = valid && value ? givenIn(value, 'allocated', { by: visitor()?.id, now: this.now() }) : undefined;
    return told && `The enquiry is given to ${(await this.colleagues.called())(told.to)}.`;
  }
}
