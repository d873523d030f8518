import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { download, type Render, show } from '#libs/pages';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { type Away, isAway, unlessAway } from '../unless-away.js';
import { fieldId } from './codes.js';
import { listPage, mendPage } from './quarantine-pages.js';
import { Quarantine } from './quarantine.js';
import { FILES, refusal } from './shapes.js';

const FILE = z.enum(FILES);
const listQuery = z.object({
  file: FILE.catch('concerns'),
  page: z.coerce.number().int().min(1).catch(1),
  taken: z.string().regex(/^\d+$/).optional().catch(undefined),
});

@Controller('imports')
export class QuarantineController {
  constructor(
    private readonly quarantine: Quarantine,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get('quarantine')
  async list(@Query() query: unknown, @Res() reply: FastifyReply) {
    const choice = listQuery.parse(query);
    const list = await this.quarantine.list(choice.file, choice.page);
    return show(reply, this.render('quarantine.njk', listPage(choice, list)));
  }

  @Get('quarantine.csv')
  async csv(@Query() query: unknown, @Res() reply: FastifyReply) {
    const { file } = listQuery.parse(query);
    return download(reply, `${file}-set-aside.csv`, await this.quarantine.csv(file));
  }

  @Get('quarantine/:file/:id')
  async form(@Param() params: unknown, @Res() reply: FastifyReply) {
    const { file, id } = asked(params);
    const row = await this.quarantine.row(file, id);
    const form = { cells: {}, refused: false, csrf: reply.generateCsrf() };
    return show(reply, this.render('mend.njk', mendPage(file, row, form)));
  }

  @Post('quarantine/:file/:id')
  async mend(@Param() params: unknown, @Body() body: Record<string, unknown>, @Res() reply: FastifyReply) {
    const { file, id } = asked(params);
    const row = await this.quarantine.row(file, id);
    const cells = cellsOf(body, Object.keys(row.cells));
    const again = (codes: string[], away?: Away) => {
      const form = { cells, refused: !away, csrf: reply.generateCsrf(), away };
      return this.render('mend.njk', mendPage(file, { ...row, codes }, form));
    };
    const answer = await this.quarantine.mend(file, id, cells).catch(unlessAway);
    if (isAway(answer)) return show(reply, again(row.codes, answer), 503);
    if (answer.status === 200) return reply.redirect(paths.quarantine({ file, taken: String(row.line) }), 303);
    const refused = refusal.safeParse(answer.body);
    return show(reply, again(refused.success ? refused.data.codes : row.codes), 422);
  }
}

function asked(params: unknown) {
  const parsed = z.object({ file: FILE, id: z.uuid() }).safeParse(params);
  if (!parsed.success) throw new NotFoundException();
  return parsed.data;
}

/** What was typed, by column. A browser ends lines with CRLF; the extract keeps its own line ends as LF. */
function cellsOf(body: Record<string, unknown>, columns: string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, String(body[fieldId(column)] ?? '').replaceAll('\r\n', '\n')]));
}
