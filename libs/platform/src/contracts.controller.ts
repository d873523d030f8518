import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { contractNamed, contractPagesAfter, type Envelope, NotFound, type Placed } from '#libs/journal';
import { Internal } from './needs.js';
import { Publishing, TellingSource } from './tokens.js';

const messageId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:v\d{1,4}$/, 'is an event and its version, as in EVENT:v1');
const query = z.strictObject({ after: z.coerce.number().int().min(0).default(0), last: z.coerce.number().int().min(1).optional(), only: z.literal('names').optional() });

/** A page at a time: a line at a time costs more than making it. */
const linesOf = (page: Placed[], isBrief: boolean): string =>
  page.map(({ position, envelope }) => `${JSON.stringify(isBrief ? { position, id: envelope.id, type: envelope.type } : { position, ...envelope })}\n`).join('');

/** A service's published contracts as lines of JSON: what rebuilding and verifying read. */
@ApiTags('internal')
@Internal('contracts.read')
@Controller('internal')
export class ContractsController {
  constructor(
    private readonly source: TellingSource,
    private readonly publishing: Publishing,
  ) {}

  @Get('contracts')
  @Header('content-type', 'application/x-ndjson')
  @ApiOperation({ summary: 'Every published contract after a journal position, or of the last so many positions, one a line; of each only its position, id and type where no more than names are asked for' })
  async contracts(@Query({ schema: query }) asked: z.infer<typeof query>): Promise<StreamableFile> {
    const { only, ...range } = asked;
    const isBrief = only === 'names';
    const pages = contractPagesAfter(this.source, { ...this.publishing, ...range, isBrief });
    // Read before the answer begins, so that it can still be another one: a database that is away answers 503.
    const first = await pages.next();
    return new StreamableFile(
      Readable.from(
        (async function* () {
          if (!first.done) yield linesOf(first.value, isBrief);
          for await (const page of pages) yield linesOf(page, isBrief);
        })(),
      ),
    );
  }

  @Get('contracts/:id')
  @ApiOperation({ summary: 'One published contract by its message id' })
  async contract(@Param('id', { schema: messageId }) id: string): Promise<Envelope> {
    const found = await contractNamed(this.source, { ...this.publishing, messageId: id });
    if (!found) throw new NotFound('nothing was published here under this id');
    return found;
  }
}
