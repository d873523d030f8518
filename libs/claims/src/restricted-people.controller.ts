import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Database, Internal } from '#libs/platform';
import type { KeptForPerson } from '#libs/restriction';
import { InheritedRestrictions, MOST_ASKED } from './inherited-restrictions.js';

const asked = z.strictObject({
  about: z.array(z.strictObject({ people: z.array(z.uuid()).min(1).max(1_000), authority: z.string().min(1).max(20) })).min(1).max(MOST_ASKED),
});

/** A record about somebody is open to those alone who are named in their restricted ones, whichever service holds those (ADR 18). */
@ApiTags('internal')
@Internal('restricted_people.ask')
@Controller('internal/restricted-people')
export class RestrictedPeopleController {
  constructor(
    private readonly database: Database,
    private readonly inherited: InheritedRestrictions,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Who is named in restricted records about each of these people, with that authority, and from whom any are kept for that person’s sake; at most 1,000 at once, each by every id that stands for them. Which records those are is not told' })
  async restricted(@Body({ schema: asked }) { about }: z.infer<typeof asked>): Promise<{ names: (readonly string[])[]; restricted: boolean[]; kept: (readonly KeptForPerson[])[] }> {
    const each = await this.database.transaction('every', (tx) => this.inherited.here(tx, about));
    return { names: each.map(({ names }) => names), restricted: each.map(({ isRestricted }) => isRestricted), kept: each.map(({ kept }) => kept) };
  }
}
