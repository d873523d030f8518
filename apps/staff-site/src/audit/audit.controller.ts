import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { csv, download, type Render, show } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { RENDER } from '../outside.js';
import { Audit, MOST_IN_A_FILE } from './audit.js';
import { auditPage, csvOf, oddPage } from './audit-pages.js';
import { chosen } from './choice.js';

/** For auditors: who read which records, and what of it to ask about. */
@Controller('audit')
export class AuditController {
  constructor(
    private readonly audit: Audit,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Res() reply: FastifyReply) {
    const choice = chosen(query);
    const [found, colleagues, called] = await Promise.all([this.audit.page(choice), this.colleagues.all(), this.colleagues.called()]);
    return show(reply, this.render('audit.njk', auditPage(choice, found, { colleagues, called })));
  }

  @Get('odd')
  async odd(@Query() query: unknown, @Res() reply: FastifyReply) {
    const choice = chosen(query);
    const [found, called] = await Promise.all([this.audit.odd(choice), this.colleagues.called()]);
    return show(reply, this.render('audit-odd.njk', oddPage(choice, found, called)));
  }

  @Get('readings.csv')
  async csv(@Query() query: unknown, @Res() reply: FastifyReply) {
    const choice = chosen(query);
    const [items, called] = await Promise.all([this.audit.all(choice), this.colleagues.called()]);
    const { header, rows } = csvOf(items, called);
    if (items.length === MOST_IN_A_FILE) rows.push(['There are more: choose fewer days', '', '', '', '', '']);
    return download(reply, `readings-${choice.place}-${choice.from}-to-${choice.to}.csv`, csv(header, rows));
  }
}
