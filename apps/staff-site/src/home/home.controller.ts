import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { cards } from '../menu.js';
import { NOW, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { DangerTold } from '../queues/danger-told.js';
import { Restricted } from '../restricted/restricted.js';
import { brokenLineOf, lineOf } from '../restricted/restricted-page.js';

/** What an address alone may say, since it holds whatever was done. */
const doneIn = (query: unknown): string | undefined =>
  z.object({ done: z.literal('interest') }).safeParse(query).success ? 'What you said that you must not work on is not there for you any more. Colleagues go on with it.' : undefined;

/** So long a broken glass stands on the first page of whoever is told of it; the list of restricted records keeps it. */
const TOLD_MS = 7 * 86_400_000;

@Controller()
export class HomeController {
  constructor(
    private readonly restricted: Restricted,
    private readonly dangerTold: DangerTold,
    private readonly colleagues: Colleagues,
    @Inject(NOW) private readonly now: () => number,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async home(@Query() query: unknown, @Res() reply: FastifyReply) {
    const [unopened, broken, dangerTold] = await Promise.all([
      this.restricted.unopened(),
      this.restricted.brokenSince(new Date(this.now() - TOLD_MS).toISOString()),
      this.dangerTold.since(),
    ]);
    const called = broken.length > 0 ? await this.colleagues.called() : (id: string) => id;
    return show(reply, this.render('home.njk', { title: 'Home', here: paths.home(), done: doneIn(query), cards: cards(), dangerTold, restricted: unopened.map(lineOf((id) => id)), broken: broken.map(brokenLineOf(called)), restrictedHref: paths.restricted() }));
  }
}
