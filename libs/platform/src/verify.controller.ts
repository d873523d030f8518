import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { alone } from './alone.js';
import type { ServiceConfig } from './config.js';
import { Internal } from './needs.js';
import { SERVICE_CONFIG } from './tokens.js';
import { trouble } from './trouble.js';
import { Checks, inTurn, linesOf, MessageChecks, resultsOf } from './verify.js';

/** What `npm run verify` asks of every service. */
@ApiTags('internal')
@Internal('service.verify')
@Controller('internal')
export class VerifyController {
  private readonly onTrouble = trouble('verify');

  constructor(
    private readonly checks: Checks,
    private readonly messageChecks: MessageChecks,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  @Get('verify')
  @Header('content-type', 'application/x-ndjson')
  @ApiOperation({ summary: 'Whether everything that is kept holds, as lines of JSON: what is wrong, and what was looked at' })
  verify(): StreamableFile {
    const results = resultsOf([...this.checks.all, ...this.messageChecks.all], this.onTrouble);
    return new StreamableFile(Readable.from(linesOf(inTurn(results, () => alone(this.config, 'verify')))));
  }
}
