import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { aboutLifting, aboutRestriction, Ask, type Asking, BrokenGlass, calledByGlass, glassReason, listedAuthority, Needs, type OpenedByGlass, PageReadings, restrictBody, type RestrictBody, restrictedQuestion, type RestrictedQuestion, RestrictedRecords } from '#libs/platform';
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

  @Get('restricted')
  @Needs('concern.read_case')
  @ApiOperation({ summary: 'The concerns that are restricted to oneself among others: those not opened since, and who opened one without being named' })
  list(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), by: asking.staff.id, page };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.restricted.page(tx, question), idOf: (item) => item.id });
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
