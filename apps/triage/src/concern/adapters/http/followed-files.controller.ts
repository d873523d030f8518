import { Controller, Get, Headers, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Ask, type Asking, Needs } from '#libs/platform';
import { Files, type FileList, type FileView } from '../files/files.js';
import { oneFile, sentIn } from './files.controller.js';

/** What `POST /concerns/follow/begin` answered; a header, since a file is in the body and addresses are written into logs. */
const HELD = 'caseward-following';

/** Files that somebody sends who follows a concern by a code. */
@ApiTags('following')
@ApiHeader({ name: HELD, description: 'What opens the concern to whoever follows it' })
@Needs('concern.follow_by_code')
@Controller('concerns/follow/files')
export class FollowedFilesController {
  constructor(private readonly files: Files) {}

  @Post()
  @ApiConsumes('multipart/form-data')
  @ApiBody(oneFile)
  @ApiOperation({ summary: 'Add a file to a concern that one follows by a code, as `POST /concerns/{id}/files` takes it' })
  add(@Ask() asking: Asking, @Headers(HELD) following: string | undefined, @Req() request: FastifyRequest): Promise<FileView> {
    return this.files.add(asking, { following: following ?? '' }, () => sentIn(request));
  }

  @Get()
  @ApiOperation({ summary: 'What became of the files that were added to a concern that one follows by a code, without names. The reading is recorded' })
  list(@Ask() asking: Asking, @Headers(HELD) following: string | undefined): Promise<FileList> {
    return this.files.list(asking, { following: following ?? '' });
  }
}
