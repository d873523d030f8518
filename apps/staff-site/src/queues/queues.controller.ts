import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show, visitor } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { ownQueues } from '../menu.js';
import { NOW, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { givenIn } from './given-told.js';
import { Queues } from './queues.js';

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
    return show(reply, this.render('queue.njk', { ...(await this.queues.page(name, query)), done }));
  }

  /** To whom an enquiry was given just now, where this site says so itself. */
  private async doneIn(reply: FastifyReply, query: unknown): Promise<string | undefined> {
    const { given } = z.object({ given: z.string().catch('') }).parse(query);
    const { valid, value } = reply.unsignCookie(given);
    const told = valid && value ? givenIn(value, 'allocated', { by: visitor()?.id, now: this.now() }) : undefined;
    return told && `The enquiry is given to ${(await this.colleagues.called())(told.to)}.`;
  }
}
