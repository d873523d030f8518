import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { cards } from '../menu.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { DangerTold } from '../queues/danger-told.js';
import { Restricted } from '../restricted/restricted.js';
import { lineOf } from '../restricted/restricted-page.js';

@Controller()
export class HomeController {
  constructor(
    private readonly restricted: Restricted,
    private readonly dangerTold: DangerTold,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async home(@Res() reply: FastifyReply) {
    const [unopened, dangerTold] = await Promise.all([this.restricted.unopened(), this.dangerTold.since()]);
    return show(reply, this.render('home.njk', { title: 'Home', here: paths.home(), cards: cards(), dangerTold, restricted: unopened.map(lineOf((id) => id)) }));
  }
}
