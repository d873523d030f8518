import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database, Internal } from '#libs/platform';
import { Claimed } from './claimed.js';

const asked = z.strictObject({ people: z.array(z.uuid()).min(1).max(1_000) });

/** Who somebody is is kept as long as any record names them, restricted and imported ones among them. */
@ApiTags('internal')
@Internal('people_named.ask')
@Controller('internal/people-named')
export class NamedController {
  constructor(
    private readonly database: Database,
    private readonly claimed: Claimed,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Those of these people, at most 1,000 at once, whom a record names that is kept here. Which record is not told' })
  async named(@Body({ schema: asked }) { people }: z.infer<typeof asked>): Promise<{ people: string[] }> {
    // The read table is called what the kind of record is; a record that was disposed of names nobody.
    const rows: { person: string }[] = await this.database.seeing('every').query(`select distinct person_id as person from ${this.claimed.kind} where person_id = any($1)`, [people]);
    return { people: rows.map(({ person }) => person) };
  }
}
