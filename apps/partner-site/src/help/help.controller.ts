import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Render, show } from '#libs/pages';
import { dropReceipt } from '../concern/hold-receipt.js';
import { stepNames } from '../concern/steps.js';
import type { Config } from '../config.js';
import { DraftHere } from '../draft/draft-here.js';
import { dropFollowing } from '../follow/code/hold-following.js';
import { CONFIG, RENDER } from '../outside.js';
import { paths } from '../paths.js';

/** The step from which somebody came, if they did from one. */
const question = z.object({ from: z.enum(stepNames).optional().catch(undefined) });

/** Pages that help somebody to tell us, or to get away. */
@Controller()
export class HelpController {
  constructor(
    private readonly here: DraftHere,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get('is-this-safeguarding')
  rightDoors(@Query() query: unknown, @Res() reply: FastifyReply) {
    return this.page(reply, 'is-this-safeguarding.njk', { title: 'Is this safeguarding?', here: paths.isThisSafeguarding(), query });
  }

  @Get('easy-read')
  easyRead(@Query() query: unknown, @Res() reply: FastifyReply) {
    return this.page(reply, 'easy-read.njk', { title: 'Tell us if somebody is hurting you', here: paths.easyRead(), query });
  }

  /** *Exit this page*: whoever goes back finds nothing that was typed. */
  @Get('exit')
  exit(@Res() reply: FastifyReply) {
    this.here.close(reply);
    dropFollowing(this.config, reply);
    return dropReceipt(this.config, reply).redirect(this.config.EXIT_URL, 303);
  }

  private page(reply: FastifyReply, template: string, { query, ...page }: { title: string; here: string; query: unknown }) {
    const { from } = question.parse(query ?? {});
    const back = from && { href: paths.step(from), text: 'Back to your answers' };
    const start = from ? { href: paths.step(from), text: 'Go on with your answers' } : { href: paths.newConcern(), text: 'Raise a concern' };
    return show(reply, this.render(template, { ...page, back, start, phone: this.config.SAFEGUARDING_PHONE }));
  }
}
