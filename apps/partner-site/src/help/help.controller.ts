import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { dropReceipt } from '../concern/hold-receipt.js';
import type { Config } from '../config.js';
import { DraftHere } from '../draft/draft-here.js';
import { CONFIG, RENDER } from '../outside.js';
import { paths } from '../paths.js';

/** Pages that help somebody to tell us, or to get away. */
@Controller()
export class HelpController {
  constructor(
    private readonly here: DraftHere,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get('is-this-safeguarding')
  rightDoors(@Res() reply: FastifyReply) {
    return this.page(reply, 'is-this-safeguarding.njk', { title: 'Is this safeguarding?', here: paths.isThisSafeguarding() });
  }

  @Get('easy-read')
  easyRead(@Res() reply: FastifyReply) {
    return this.page(reply, 'easy-read.njk', { title: 'Tell us if somebody is hurting you', here: paths.easyRead() });
  }

  /** *Exit this page*: whoever goes back finds nothing that was typed. */
  @Get('exit')
  exit(@Res() reply: FastifyReply) {
    this.here.close(reply);
    return dropReceipt(this.config, reply).redirect(this.config.EXIT_URL, 303);
  }

  private page(reply: FastifyReply, template: string, page: { title: string; here: string }) {
    return show(reply, this.render(template, { ...page, startHref: paths.newConcern(), homeHref: paths.home(), phone: this.config.SAFEGUARDING_PHONE }));
  }
}
