import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { cards } from '../menu.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { DangerTold } from '../queues/danger-told.js';
import { Restricted } from '../restricted/restricted.js';
import { lineOf } from '../restricted/restricted-page.js';

/** What an address alone may say, since it holds whatever was done. */
const doneIn = (query: unknown): string | undefined =>
  z.object({ done: z.literal('interest') }).safeParse(query).success ? 'What you said that you must not work on is not there for you any more. Colleagues go on with it.' : undefined;

@Controller()
export class HomeController {
  constructor(
    private readonly restricted: Restricted,
    private readonly dangerTold: DangerTold,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async home(@Query() query: unknown, @Res() reply: FastifyReply) {
    const [unopened, dangerTold] = await Promise.all([this.restricted.unopened(), this.dangerTold.since()]);
    return show(reply, this.render('home.njk', { title: 'Home', here: paths.home(), done: doneIn(query), cards: cards(), dangerTold, restricted: unopened.map(lineOf((id) => id)) }));
  }
}
