import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import { Ask, type Asking, givenStaffId, givenTime, listedAuthority, Needs, PageReadings } from '#libs/platform';
import { DecidedConcerns } from '../persistence/decided-concerns.js';
import { FoundConcerns } from '../persistence/found-concerns.js';

const findBody = z.strictObject({ reference: z.string().trim().min(1).max(100).regex(/^\P{Cc}+$/u, 'must be a reference, in one line') });
const peopleBody = z.strictObject({ ids: z.array(z.uuid()).min(1).max(200) });
const aboutBody = z.strictObject({ people: z.array(z.uuid()).min(1).max(20) });
const decidedQuestion = z.strictObject({
  authority: codes.authority.optional(),
  outcome: codes.triageOutcome.optional(),
  decidedBy: givenStaffId.optional(),
  /** Whoever raised it wrote more since. */
  moreCame: z.stringbool().optional(),
  /** Danger was told since, and nobody has looked yet. */
  dangerTold: z.stringbool().optional(),
  /** The last of the page before. */
  decidedAt: givenTime.optional(),
  id: z.uuid().optional(),
});

/** Finding a concern again, in one's own authority. No names: a page asks `people` for them. */
@ApiTags('concerns')
@Controller()
export class FindingController {
  constructor(
    private readonly found: FoundConcerns,
    private readonly decided: DecidedConcerns,
    private readonly readings: PageReadings,
  ) {}

  @Post('concerns/find')
  @Needs('concern.read_case')
  @HttpCode(200)
  @ApiOperation({ summary: 'The concerns with exactly this reference. It is sent and stands in no address. The reading is recorded' })
  find(@Ask() asking: Asking, @Body({ schema: findBody }) { reference }: z.infer<typeof findBody>): Promise<object> {
    return this.found.byReference(asking, reference);
  }

  @Post('concerns/people')
  @Needs('concern.list')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whom the concerns of a page are about, by ids. The reading is recorded' })
  people(@Ask() asking: Asking, @Body({ schema: peopleBody }) { ids }: z.infer<typeof peopleBody>): Promise<object> {
    return this.found.people(asking, ids);
  }

  @Post('concerns/about')
  @Needs('concern.read_case')
  @HttpCode(200)
  @ApiOperation({ summary: 'The concerns about people who were found, by their ids. The reading is recorded' })
  about(@Ask() asking: Asking, @Body({ schema: aboutBody }) { people }: z.infer<typeof aboutBody>): Promise<object> {
    return this.found.about(asking, people);
  }

  @Get('decided')
  @Needs('concern.list')
  @ApiOperation({ summary: 'The concerns that are decided, the newest decision first; each page goes on after the last concern of the one before' })
  page(@Ask() asking: Asking, @Query({ schema: decidedQuestion }) { decidedAt, id, ...asked }: z.infer<typeof decidedQuestion>): Promise<object> {
    const after = decidedAt !== undefined && id !== undefined ? { decidedAt, id } : undefined;
    const question = { ...asked, after, by: asking.staff.id, authority: listedAuthority(asking, asked.authority) };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.decided.page(tx, question), idOf: ({ id: one }) => one });
  }
}
