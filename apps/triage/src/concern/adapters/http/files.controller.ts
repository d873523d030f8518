import { Controller, Get, HttpException, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, type ApiBodyOptions, ApiConsumes, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Ask, type Asking, attachment, Needs } from '#libs/platform';
import { typeOf } from '../files/file-kind.js';
import { Files, type FileList, type FileView, type Sent } from '../files/files.js';

const id = z.uuid();
export const oneFile: ApiBodyOptions = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] } };

/** Files that somebody sent with a concern: photographs, letters, notes. */
@ApiTags('files')
@Controller('concerns/:id/files')
export class FilesController {
  constructor(private readonly files: Files) {}

  @Post()
  @Needs('concern.add_file')
  @ApiConsumes('multipart/form-data')
  @ApiBody(oneFile)
  @ApiOperation({ summary: 'Add a file: a PDF, a picture (JPEG, PNG, HEIC) or plain text. It is held, and opened by nobody, until it was found clean. Without If-Match, since it overwrites nothing' })
  add(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Req() request: FastifyRequest): Promise<FileView> {
    return this.files.add(asking, { recordId }, () => sentIn(request));
  }

  @Get()
  @Needs('concern.add_file')
  @ApiOperation({ summary: 'What became of the files that one added; of all of them, for whoever works here. The reading is recorded' })
  list(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<FileList> {
    return this.files.list(asking, { recordId });
  }

  @Get(':fileId')
  @Needs('concern.read_case')
  @ApiProduces('application/octet-stream')
  @ApiOperation({ summary: 'A file that was found clean, to be kept and not to be shown. The reading is recorded' })
  async open(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Param('fileId', { schema: id }) fileId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { name, kind, bytes, content } = await this.files.open(asking, recordId, fileId);
    void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
    return new StreamableFile(Readable.from(content), { type: typeOf[kind], length: bytes, disposition: attachment(name) });
  }
}

/** The file of a form; throws where there is none. */
export async function sentIn(request: FastifyRequest): Promise<Sent> {
  if (!request.isMultipart()) throw new HttpException('Send the file as multipart/form-data, in a field called file.', 415);
  const part = await request.file();
  if (part?.fieldname !== 'file') throw new HttpException('Send one file, in a field called file.', 400);
  return { name: part.filename, type: part.mimetype, content: part.file };
}
