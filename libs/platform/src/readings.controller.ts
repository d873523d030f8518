import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { withRestricted } from '#libs/journal';
import { admitQuestion, sightOf } from './admit.js';
import { Ask, type Asking } from './asking.js';
import { Clock } from './clock.js';
import type { ServiceConfig } from './config.js';
import { Database } from './database.js';
import { givenStaffId, givenTime } from './given.js';
import { Needs } from './needs.js';
import { type List, recordReading } from './reading.js';
import { manyInAnHour, manySearches, ownPostcode, ownSurname, readingsOf, withoutActing } from './readings.js';
import { SERVICE_CONFIG } from './tokens.js';

const question = z.strictObject({
  record: z.uuid().toLowerCase().optional(),
  who: givenStaffId.optional(),
  from: givenTime.optional(),
  until: givenTime.optional(),
  after: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
const stretch = z.strictObject({ from: givenTime, until: givenTime });

/** For auditors: who read which records of their council, when, as what, and why. */
@ApiTags('readings')
@Needs('reading.list')
@Controller('readings')
export class ReadingsController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: ServiceConfig,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What people of your council read here, the latest first; of a record of your council, what anybody read' })
  list(@Ask() asking: Asking, @Query({ schema: question }) asked: z.infer<typeof question>): Promise<object> {
    return this.database.transaction(sightOf(asking), async (tx) => {
      const found = await readingsOf(tx, { ...asked, authority: authorityOf(asking), by: asking.staff.id, limit: asked.limit + 1 });
      const items = found.slice(0, asked.limit);
      // What auditors looked at before shows nobody's record anew; a page of it would hold all the pages before.
      const recordIds = [...new Set(items.flatMap(({ what, records }) => (what === 'readings' ? [] : records)))];
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds, what: 'readings' satisfies List, why: asking.why });
      return { items, next: found.length > items.length ? items.at(-1)!.id : null };
    });
  }

  @Get('odd')
  @ApiOperation({ summary: 'Readings to ask about: many records opened within an hour, and records opened about which their reader never did anything; and, where people are searched for, many searches within an hour those for one’s own surname, and what was read of people at one’s own postcode' })
  odd(@Ask() asking: Asking, @Query({ schema: stretch }) asked: z.infer<typeof stretch>): Promise<object> {
    const of = { ...asked, authority: authorityOf(asking) };
    const moreThan = this.config.RECORDS_AN_HOUR;
    // Whether somebody ever did anything about a record is asked of restricted ones as well.
    return this.database.transaction(withRestricted(sightOf(asking)), async (tx) => {
      const found = { moreThan, manyInAnHour: await manyInAnHour(tx, of, moreThan), withoutActing: await withoutActing(tx, of), manySearches: await manySearches(tx, of, moreThan), ownSurname: await ownSurname(tx, of), ownPostcode: await ownPostcode(tx, of) };
      await recordReading(tx, { staff: asking.staff, at: this.clock.now(), recordIds: [], what: 'odd readings', why: asking.why });
      return found;
    });
  }
}

/** Throws for whoever audits no council. */
function authorityOf(asking: Asking): string {
  const { authority } = asking.staff;
  admitQuestion(asking, authority);
  return authority!;
}
