import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import type { Config } from '../config.js';
import { CONFIG, RENDER, Triage } from '../outside.js';
import { followPage } from './follow-page.js';

const question = z.object({ page: z.coerce.number().int().min(1).max(100_000).catch(1) });

/** For partners who are signed in: how their concerns go on, so that nobody has to ring to hear anything. */
@Controller('concerns')
export class FollowController {
  constructor(
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get('raised')
  async raised(@Query() query: unknown, @Res() reply: FastifyReply) {
    const found = await this.triage.raised(question.parse(query).page);
    return show(reply, this.render('raised.njk', followPage(found, this.config.SAFEGUARDING_PHONE)));
  }
}
