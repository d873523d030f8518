import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { RENDER, Services } from '../outside.js';
import { programsPage, told } from './programs-page.js';

/** For administrators and data managers: the partners' programs that are told of changes. */
@Controller('programs')
export class ProgramsController {
  constructor(
    private readonly services: Services,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply) {
    return show(reply, this.render('programs.njk', programsPage(await this.services.triage.get('/webhooks', {}, told))));
  }
}
