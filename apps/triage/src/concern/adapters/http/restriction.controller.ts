import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Tx } from '#libs/journal';
import { activeStaff, Ask, type Asking, givenStaffId, listedAuthority, type Making, Needs, PageReadings } from '#libs/platform';
import type { RestrictConcern } from '../../domain/concern.js';
import { RESTRICTED_BECAUSE } from '../../domain/codes.js';
import { BrokenGlass, type Opened } from '../broken-glass.js';
import { RestrictedConcerns } from '../persistence/restricted-concerns.js';
import { namedHere } from '../persistence/restricted-persons.js';
import { reasonBody, words } from './bodies.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, viewOf } from './view.js';

const id = z.uuid();
const restrictBody = z.strictObject({ names: z.array(givenStaffId).max(50), why: z.enum(RESTRICTED_BECAUSE).exclude(['same_person']), reason: words.optional() });
/** Its id or its reference, in the body: neither stands in an address that somebody has who may not know of it. */
const breakBody = z.strictObject({ concern: z.string().trim().min(1).max(100).regex(/^\P{Cc}+$/u, 'must be an id or a reference, in one line'), reason: words.min(1, 'Say why you have to see it.') });
const listed = z.strictObject({ page: z.coerce.number().int().min(1).max(100_000).default(1) });

/** Concerns that are open to some of the staff alone. To everybody else they are not there: PostgreSQL shows them to nobody who is not named (ADR 18). */
@ApiTags('restricted concerns')
@Controller()
export class RestrictionController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly restricted: RestrictedConcerns,
    private readonly glass: BrokenGlass,
    private readonly readings: PageReadings,
  ) {}

  @Post('concerns/:id/restriction')
  @Needs('concern.restrict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Restrict a concern to people who work here, by name, or say to whom from now on. Whoever does so is one of them' })
  restrict(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: restrictBody }) body: z.infer<typeof restrictBody>): Promise<ConcernView> {
    return this.commands.change(asking, recordId, (making, tx) => restrictTo(tx, { ...body, recordId, authority: asking.staff.authority }, making), viewOf);
  }

  @Post('concerns/:id/restriction/lift')
  @Needs('concern.restrict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a restricted concern again to everybody whose right it is, with a reason' })
  lift(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) { reason }: z.infer<typeof reasonBody>): Promise<ConcernView> {
    return this.commands.change(asking, recordId, async ({ words, now, by }, tx) => ({ type: 'LiftRestriction', at: now, by, reason: words.keep(reason), namedHere: await namedHere(tx, recordId) }), viewOf);
  }

  @Get('restricted')
  @Needs('concern.read_case')
  @ApiOperation({ summary: 'The concerns that are restricted to oneself among others: those not opened since, and who opened one without being named' })
  list(@Ask() asking: Asking, @Query({ schema: listed }) { page }: z.infer<typeof listed>): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), by: asking.staff.id, page };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.restricted.page(tx, question), idOf: (item) => item.id });
  }

  @Post('concerns/break-glass')
  @Needs('concern.break_glass')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a restricted concern for a while without being named, with a reason. Every try is recorded; the managers and those who are named are told' })
  break(@Ask() asking: Asking, @Body({ schema: breakBody }) { concern, reason }: z.infer<typeof breakBody>): Promise<Opened> {
    return this.glass.break(asking, { concern, reason });
  }

  @Get('glass')
  @Needs('concern.list_glass')
  @ApiOperation({ summary: 'Who opened a restricted concern without being named, the latest first; which it was is told to those to whom it is open' })
  broken(@Ask() asking: Asking, @Query({ schema: listed }) { page }: z.infer<typeof listed>): Promise<object> {
    return this.restricted.glass(asking, { authority: listedAuthority(asking, undefined), page });
  }
}

interface Wanted extends z.infer<typeof restrictBody> {
  recordId: string;
  authority: string | null;
}

async function restrictTo(tx: Tx, { recordId, names, why, reason, authority }: Wanted, { words, now, by }: Making): Promise<RestrictConcern> {
  const active = await activeStaff(tx, names, authority);
  return { type: 'RestrictConcern', at: now, by, names, why, reason: words.keep(reason), unknown: names.filter((name) => name !== by && !active.has(name)), namedHere: await namedHere(tx, recordId) };
}
