import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { ownQueues } from '../menu.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { Queues } from './queues.js';

@Controller('queues')
export class QueuesController {
  constructor(
    private readonly queues: Queues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  /** The first that they may see. */
  @Get()
  first(@Res() reply: FastifyReply) {
    return reply.redirect(paths.queue(ownQueues()[0]?.name ?? 'triage'), 302);
  }

  @Get(':name')
  async queue(@Param('name') name: string, @Query() query: unknown, @Res() reply: FastifyReply) {
    return show(reply, this.render('queue.njk', await this.queues.page(name, query)));
  }
}
