import { pipeline } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, HttpException, Param, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import { NIL, v7 } from 'uuid';
import { z } from 'zod';
import { instant } from '#libs/calendar';
import { Ask, type Asking, Clock, Database, Internal, type List, Needs, recordReading, type Staff } from '#libs/platform';
import { type Imported, Importer } from './importer.js';
import type { Place } from './quarantine.js';
import { rowsOf } from './whose-rows.js';
import { safeForSpreadsheet } from './spreadsheet.js';

const runOptions = z.strictObject({
  began_at: z.iso.datetime({ offset: true, precision: 6 }),
  dry_run: z.stringbool().default(false),
});
const listOptions = z.strictObject({ page: z.coerce.number().int().min(1).default(1) });
const mending = z.strictObject({ cells: z.record(z.string(), z.string()) });
const id = z.uuid();
const pageSize = 50;
const csvPageSize = 500;

/** The file of a legacy extract that this service owns: taken as a stream, and its rows that were set aside. */
@ApiTags('internal')
@Internal('extract.import')
@Controller('internal/imports')
export class ImportController {
  constructor(
    private readonly importer: Importer,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get('quarantine')
  @Needs('quarantine.read')
  @ApiOperation({ summary: 'The rows that were set aside, a page at a time' })
  list(@Ask() { staff }: Asking, @Query({ schema: listOptions }) { page }: z.infer<typeof listOptions>): Promise<object> {
    return this.database.transaction(rowsOf(staff), (tx) => this.importer.quarantine.list(tx, page, pageSize));
  }

  @Get('quarantine.csv')
  @Needs('quarantine.read')
  @ApiOperation({ summary: 'The rows that were set aside, to mend in a spreadsheet' })
  async download(@Ask() { staff }: Asking): Promise<StreamableFile> {
    const file = stringify({ cast: { string: safeForSpreadsheet } });
    // Read before the answer begins: a database that is away answers 503. What fails later cuts the answer off.
    const first = await this.readPage(staff);
    pipeline(this.lines(staff, first), file, () => {});
    return new StreamableFile(file, { type: 'text/csv; charset=utf-8' });
  }

  @Get('quarantine/:id')
  @Needs('quarantine.read')
  @ApiOperation({ summary: 'One row that was set aside, with its cells' })
  async one(@Ask() { staff }: Asking, @Param('id', { schema: id }) rowId: string): Promise<object> {
    const { fingerprint: _fingerprint, authority: _authority, content, ...listed } = await this.database.transaction(rowsOf(staff), async (tx) => {
      const found = await this.importer.quarantine.waiting(tx, rowId);
      await recordReading(tx, { staff, at: this.clock.now(), recordIds: [rowId], what: 'row set aside', why: null });
      return found;
    });
    return { ...listed, cells: { ...this.emptyCells(), ...('cells' in content ? content.cells : {}) }, ...content };
  }

  @Post('quarantine/:id/mend')
  @Needs('quarantine.mend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tries a row again with mended cells' })
  async mend(
    @Ask() { staff }: Asking,
    @Param('id', { schema: id }) rowId: string,
    @Body({ schema: mending }) { cells }: z.infer<typeof mending>,
  ): Promise<object> {
    const run = { id: v7(), beganAt: this.clock.now(), isDry: false };
    const { codes } = await this.importer.mend(rowId, { cells, staff }, run);
    if (codes.length > 0) throw new HttpException({ message: `The row is still not right: ${codes.join(', ')}`, codes }, 422);
    return { taken: true };
  }

  @Post(':run')
  @HttpCode(200)
  @ApiConsumes('text/csv')
  @ApiOperation({ summary: 'Takes a file as it is read, and answers with what became of its rows' })
  take(
    @Param('run', { schema: id }) run: string,
    @Query({ schema: runOptions }) options: z.infer<typeof runOptions>,
    @Req() request: { body?: unknown },
  ): Promise<Imported> {
    if (!isStream(request.body)) throw new HttpException('Send the file itself, with the content type text/csv.', 415);
    return this.importer.take(request.body, { id: run, beganAt: instant(options.began_at), isDry: options.dry_run });
  }

  @Get(':run')
  @ApiOperation({ summary: 'How many rows were read so far' })
  progress(@Param('run', { schema: id }) run: string): object {
    return { read: this.importer.rowsRead(run) ?? null };
  }

  @Delete(':run')
  @HttpCode(204)
  @ApiOperation({ summary: 'Throws away what a dry run took' })
  throwAway(@Param('run', { schema: id }) run: string): Promise<void> {
    return this.importer.throwAway(run);
  }

  private emptyCells(): Record<string, string> {
    const { required, optional } = this.importer.source.columns;
    return Object.fromEntries([...required, ...optional].map((column) => [column, '']));
  }

  private async *lines(staff: Staff, first: Place[]): AsyncGenerator<string[]> {
    const columns = Object.keys(this.emptyCells());
    const rows = this.database.seeing(rowsOf(staff));
    yield ['line', 'codes', ...columns];
    for (let page = first; page.length > 0; page = await this.readPage(staff, page.at(-1))) {
      for (const { id: rowId } of page) {
        // One at a time: their cells may be megabytes long.
        const row = await this.importer.quarantine.find(rows, rowId);
        if (!row) continue;
        const { line, codes, content } = row;
        const cells = 'cells' in content ? columns.map((column) => content.cells[column] ?? '') : content.raw;
        yield [String(line), codes.join(' '), ...cells];
      }
    }
  }

  /** Which rows come next in the file of all, recorded as read before any of them leaves. */
  private readPage(staff: Staff, last: Place = { line: 0, id: NIL }): Promise<Place[]> {
    return this.database.transaction(rowsOf(staff), async (tx) => {
      const page = await this.importer.quarantine.after(tx, last, csvPageSize);
      const recordIds = page.map((row) => row.id);
      if (page.length > 0) await recordReading(tx, { staff, at: this.clock.now(), recordIds, what: 'rows set aside, as CSV' satisfies List, why: null });
      return page;
    });
  }
}

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof (body as AsyncIterable<Uint8Array> | null | undefined)?.[Symbol.asyncIterator] === 'function';
