import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { cards } from '../menu.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';

@Controller()
export class HomeController {
  constructor(@Inject(RENDER) private readonly render: Render) {}

  @Get()
  home(@Res() reply: FastifyReply) {
    return show(reply, this.render('home.njk', { title: 'Home', here: paths.home(), cards: cards() }));
  }
}
