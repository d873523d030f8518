import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { concernQuestions, type KnownConcern, recordIdOf, scopesOf } from '#libs/extract';
import type { Queries } from '#libs/journal';
import { Database, Internal } from '#libs/platform';

const id = z.uuid();

/** What the enquiries' file is judged against: which concerns were imported, and what was decided. */
@ApiTags('internal')
@Internal('imported_concerns.ask')
@Controller('internal/imports/:run')
export class DecisionsController {
  /** An import is everybody's at once, and what it holds by reference names nobody's authority. */
  private readonly rows: Queries;

  constructor(database: Database) {
    this.rows = database.seeing([]);
  }

  @Post('concerns')
  @HttpCode(200)
  @ApiOperation({ summary: 'Which of these concerns were imported, with their outcomes' })
  async concerns(
    @Param('run', { schema: id }) run: string,
    @Body({ schema: concernQuestions }) { references }: z.infer<typeof concernQuestions>,
  ): Promise<{ concerns: KnownConcern[] }> {
    const rows: { reference: string; detail: Omit<KnownConcern, 'reference' | 'id'> }[] = await this.rows.query(
      `select reference, detail from extract_row where scope = any($1) and reference = any($2)`,
      [scopesOf({ id: run }), references],
    );
    return { concerns: rows.map(({ reference, detail }) => ({ reference, id: recordIdOf('concern', reference), ...detail })) };
  }

  @Get('enquiries-expected')
  @ApiOperation({ summary: 'How many imported concerns were decided as section 42 enquiries' })
  async expected(@Param('run', { schema: id }) run: string): Promise<{ enquiries: number }> {
    const [row]: { enquiries: number }[] = await this.rows.query(
      `select count(*) as enquiries from extract_row where scope = any($1) and detail ->> 'outcome' = 's42_enquiry'`,
      [scopesOf({ id: run })],
    );
    return { enquiries: row!.enquiries };
  }
}
