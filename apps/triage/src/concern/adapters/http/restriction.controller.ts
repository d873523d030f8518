import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { aboutKeeping, aboutKeepingNoMore, aboutLifting, aboutRestriction, type Answer, Ask, type Asking, BrokenGlass, calledByGlass, glassReason, interestBody, type InterestBody, keepFromBody, type KeepFromBody, keepNoMoreBody, type KeepNoMoreBody, listedAuthority, Needs, type OpenedByGlass, PageReadings, restrictBody, type RestrictBody, restrictedQuestion, type RestrictedQuestion, RestrictedRecords } from '#libs/platform';
import { restrictedConcerns } from '../persistence/slice.js';
import { reasonBody } from './bodies.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, viewOf } from './view.js';

const id = z.uuid();
const breakBody = z.strictObject({ concern: calledByGlass, reason: glassReason });

/** Concerns that are open to some of the staff alone. To everybody else they are not there: PostgreSQL shows them to nobody who is not named (ADR 18). */
@ApiTags('restricted concerns')
@Controller()
export class RestrictionController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly restricted: RestrictedRecords,
    private readonly glass: BrokenGlass,
    private readonly readings: PageReadings,
  ) {}

  @Post('concerns/:id/restriction')
  @Needs('concern.restrict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Restrict a concern to people who work here, by name, or say to whom from now on. Whoever does so is one of them' })
  restrict(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: restrictBody }) body: RestrictBody): Promise<ConcernView> {
    return this.commands.change(asking, recordId, async (making, tx) => ({ type: 'RestrictConcern', ...(await aboutRestriction(tx, { ...body, recordId, authority: asking.staff.authority, kind: restrictedConcerns }, making)) }), viewOf);
  }

  @Post('concerns/:id/restriction/lift')
  @Needs('concern.restrict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a restricted concern again to everybody whose right it is, with a reason' })
  lift(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) { reason }: z.infer<typeof reasonBody>): Promise<ConcernView> {
    return this.commands.change(asking, recordId, (making, tx) => aboutLifting(tx, { recordId, reason, kind: restrictedConcerns }, making), viewOf);
  }

  @Post('concerns/:id/kept-from')
  @Needs('concern.keep_from')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep a concern from people who work here, with why: it is not there for them any more, whoever it is open to, and they have it no more' })
  keepFrom(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: keepFromBody }) body: KeepFromBody): Promise<Answer> {
    return this.keep(asking, recordId, body);
  }

  @Post('concerns/:id/interest')
  @Needs('concern.declare_interest')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a concern must not be one’s own to see, since it is about oneself or somebody close: it is not there for oneself any more' })
  declare(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: interestBody }) body: InterestBody): Promise<Answer> {
    return this.keep(asking, recordId, { ...body, staff: [asking.staff.id] });
  }

  @Post('concerns/:id/kept-from/lift')
  @Needs('concern.keep_no_more')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a concern need not be kept from somebody any more, with a reason' })
  keepNoMore(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: keepNoMoreBody }) body: KeepNoMoreBody): Promise<ConcernView> {
    return this.commands.change(asking, recordId, (making, tx) => aboutKeepingNoMore(tx, { ...body, recordId, kind: restrictedConcerns }, making), viewOf);
  }

  /** Whoever does so may be shown it no more. */
  private keep(asking: Asking, recordId: string, body: KeepFromBody): Promise<Answer> {
    return this.commands.change(asking, recordId, async (making, tx) => ({ type: 'KeepConcernFrom', ...(await aboutKeeping(tx, { ...body, recordId, authority: asking.staff.authority, kind: restrictedConcerns }, making)) }), ({ recordId: kept, sequence }) => ({ id: kept, sequence }));
  }

  @Get('restricted')
  @Needs('concern.read_case')
  @ApiOperation({ summary: 'The concerns that are restricted to oneself among others: those not opened since, and who opened one without being named' })
  list(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), by: asking.staff.id, page };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.restricted.page(tx, question), idOf: (item) => item.id });
  }

  @Get('kept-from')
  @Needs('concern.keep_no_more')
  @ApiOperation({ summary: 'From whom concerns are kept, and why, the latest first: those that are open to oneself' })
  kept(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), page };
    return this.readings.shown(asking, 'kept from somebody', { find: (tx) => this.restricted.kept(tx, question), idOf: (item) => item.id });
  }

  @Post('concerns/break-glass')
  @Needs('concern.break_glass')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a restricted concern for a while without being named, with a reason. Every try is recorded; the managers and those who are named are told' })
  break(@Ask() asking: Asking, @Body({ schema: breakBody }) { concern, reason }: z.infer<typeof breakBody>): Promise<OpenedByGlass> {
    return this.glass.break(asking, { called: concern, reason });
  }

  @Get('glass')
  @Needs('concern.list_glass')
  @ApiOperation({ summary: 'Who opened a restricted concern without being named, the latest first; which it was is told to those to whom it is open' })
  broken(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    return this.restricted.glass(asking, { authority: listedAuthority(asking, undefined), page });
  }
}
