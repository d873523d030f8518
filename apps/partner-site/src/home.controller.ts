import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import type { Config } from './config.js';
import { CONFIG, RENDER } from './outside.js';
import { paths } from './paths.js';

@Controller()
export class HomeController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  home(@Res() reply: FastifyReply) {
    const page = {
      title: 'Tell us about an adult at risk',
      here: paths.home(),
      startHref: paths.newConcern(),
      savedHref: paths.saved(),
      followHref: paths.follow(),
      rightDoorsHref: paths.isThisSafeguarding(),
      easyReadHref: paths.easyRead(),
      phone: this.config.SAFEGUARDING_PHONE,
    };
    return show(reply, this.render('home.njk', page));
  }
}
