import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { fileRefusal, type FormError, type Render, sentFileIn, show } from '#libs/pages';
import { RENDER } from '../../outside.js';
import { paths } from '../../paths.js';
import { isSentBefore, sentBefore } from '../../sent-before.js';
import { isAway, unlessAway } from '../../unless-away.js';
import { Concerns } from '../concerns.js';
import { AskForSecondLook } from '../second-look-wanted.js';
import { addFilePage } from './files-page.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });

/** The files of a concern: opened to be kept and looked at elsewhere, never here; and added. */
@Controller('concerns/:id/files')
@UseFilters(AskForSecondLook)
export class FilesController {
  constructor(
    private readonly concerns: Concerns,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  form(@Param('id') id: string, @Res() reply: FastifyReply) {
    return this.page(reply, id, { status: 200 });
  }

  @Post()
  async add(@Param('id') id: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { key } = hidden.parse(body ?? {});
    const file = sentFileIn(body);
    if (!file) return this.page(reply, id, { key, status: 400, refused: 'Choose a file' });
    const answer = await this.concerns.addFile(known(id), file, key).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, id, { key, status: 503, refused: answer === 'unsent' ? 'It was not added: a part of the system cannot be reached. Choose the file again in a moment' : 'No answer came, so it is not known whether it was added. Choose the file again in a moment: it is added once' });
    if (isSentBefore(answer)) return this.page(reply, id, sentBefore());
    if (answer.status === 404) throw new NotFoundException();
    if (answer.status >= 300) return this.page(reply, id, { status: answer.status, refused: fileRefusal.parse(answer.body ?? {}).detail });
    return reply.redirect(paths.concern(id), 303);
  }

  @Get(':fileId')
  async open(@Param('id') id: string, @Param('fileId') fileId: string, @Res() reply: FastifyReply) {
    const file = await this.concerns.openFile(known(id), known(fileId));
    if (!file) throw new NotFoundException();
    return reply.headers({ ...file.headers, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox" }).send(file.content);
  }

  private async page(reply: FastifyReply, id: string, { status, refused, key = randomUUID(), ...more }: { status: number; refused?: string; key?: string; isSentBefore?: true }) {
    const concern = await this.concerns.find(known(id), { leavesLook: status !== 200 });
    const name = await this.concerns.name(concern.personId);
    const errors: FormError[] = refused ? [{ text: refused, href: '#file' }] : [];
    return show(reply, this.render('concern/files.njk', addFilePage({ concern, name }, { ...more, errors, key, csrf: reply.generateCsrf() })), status);
  }
}

function known(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new NotFoundException();
  return id;
}
