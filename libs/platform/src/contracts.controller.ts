import { Readable } from 'node:stream';
import { Controller, Get, Header, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { contractsAfter } from '#libs/journal';
import { MaintainSource, Publishing } from './tokens.js';

const query = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });

/** A service's published contracts as lines of JSON: what rebuilding and verifying read. */
@ApiTags('internal')
@Controller('internal')
export class ContractsController {
  constructor(
    private readonly maintain: MaintainSource,
    private readonly publishing: Publishing,
  ) {}

  @Get('contracts')
  @Header('content-type', 'application/x-ndjson')
  @ApiOperation({ summary: 'Every published contract after a journal position, one a line' })
  contracts(@Query({ schema: query }) { after }: z.infer<typeof query>): StreamableFile {
    const lines = contractsAfter(this.maintain, { ...this.publishing, after });
    return new StreamableFile(
      Readable.from(
        (async function* () {
          for await (const { position, envelope } of lines) yield `${JSON.stringify({ position, ...envelope })}\n`;
        })(),
      ),
    );
  }
}
