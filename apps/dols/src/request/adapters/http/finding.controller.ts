import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, listedAuthority, Needs, PageReadings } from '#libs/platform';
import { SamePersonsRequests } from '../persistence/same-person.js';

const aboutBody = z.strictObject({ personId: z.uuid() });

/** What there is of somebody, for whoever works on another case of theirs. No identifier of a person stands in an address. */
@ApiTags('requests')
@Controller()
export class FindingController {
  constructor(
    private readonly requests: SamePersonsRequests,
    private readonly readings: PageReadings,
  ) {}

  @Post('requests/about')
  @Needs('dols_request.see_beside')
  @HttpCode(200)
  @ApiOperation({ summary: 'The requests of one’s own authority about somebody, by their id, and where they stand. The reading is recorded' })
  about(@Ask() asking: Asking, @Body({ schema: aboutBody }) { personId }: z.infer<typeof aboutBody>): Promise<object> {
    const authority = listedAuthority(asking, undefined);
    return this.readings.shown(asking, 'requests of the same person', { find: (tx) => this.requests.of(tx, { personId, authority }), idOf: ({ id }) => id });
  }
}
