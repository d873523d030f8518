import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, Internal } from '#libs/platform';

/** What the facts are made of. */
@ApiTags('internal')
@Internal('service.settle')
@Controller('internal/facts')
export class FactsController {
  constructor(private readonly database: Database) {}

  @Get('count')
  @ApiOperation({ summary: 'How many published events were taken from each service' })
  async count(): Promise<Record<string, number>> {
    const rows: { source: string; events: number }[] = await this.database.seeing('every').query(`select source, count(*) as events from event group by source`);
    return Object.fromEntries(rows.map(({ source, events }) => [source, events]));
  }
}
