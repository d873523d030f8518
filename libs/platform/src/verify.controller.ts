import { Readable } from 'node:stream';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Internal } from './needs.js';
import { trouble } from './trouble.js';
import { Checks, linesOf, MessageChecks, resultsOf } from './verify.js';

/** What `npm run verify` asks of every service. */
@ApiTags('internal')
@Internal()
@Controller('internal')
export class VerifyController {
  private readonly onTrouble = trouble('verify');

  constructor(
    private readonly checks: Checks,
    private readonly messageChecks: MessageChecks,
  ) {}

  @Get('verify')
  @Header('content-type', 'application/x-ndjson')
  @ApiOperation({ summary: 'Whether everything that is kept holds, as lines of JSON: what is wrong, and what was looked at' })
  verify(): StreamableFile {
    return new StreamableFile(Readable.from(linesOf(resultsOf([...this.checks.all, ...this.messageChecks.all], this.onTrouble))));
  }
}
