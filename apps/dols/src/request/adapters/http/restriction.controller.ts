import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { aboutKeeping, aboutKeepingNoMore, aboutLifting, aboutRestriction, type Answer, Ask, type Asking, BrokenGlass, calledByGlass, glassReason, interestBody, type InterestBody, keepFromBody, type KeepFromBody, keepNoMoreBody, type KeepNoMoreBody, listedAuthority, Needs, type OpenedByGlass, PageReadings, restrictBody, type RestrictBody, restrictedQuestion, type RestrictedQuestion, RestrictedRecords } from '#libs/platform';
import { restrictedRequests } from '../persistence/slice.js';
import { reasonBody, type ReasonBody } from './bodies.js';
import { RequestCommands } from './requests.controller.js';
import { type RequestView, viewOf } from './view.js';

const id = z.uuid();
const breakBody = z.strictObject({ request: calledByGlass, reason: glassReason });

/** Requests that are open to some of the staff alone. To everybody else they are not there: PostgreSQL shows them to nobody who is not named (ADR 18). */
@ApiTags('restricted requests')
@Controller()
export class RestrictionController {
  constructor(
    private readonly commands: RequestCommands,
    private readonly restricted: RestrictedRecords,
    private readonly glass: BrokenGlass,
    private readonly readings: PageReadings,
  ) {}

  @Post('requests/:id/restriction')
  @Needs('dols_request.restrict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Restrict a request to people who work here, by name, or say to whom from now on. Whoever does so is one of them; an assessor who is not named has it no more' })
  restrict(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: restrictBody }) body: RestrictBody): Promise<RequestView> {
    return this.commands.change(asking, recordId, async (making, tx) => ({ type: 'RestrictRequest', ...(await aboutRestriction(tx, { ...body, recordId, authority: asking.staff.authority, kind: restrictedRequests }, making)) }), viewOf);
  }

  @Post('requests/:id/restriction/lift')
  @Needs('dols_request.restrict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a restricted request again to everybody whose right it is, with a reason' })
  lift(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) { reason }: ReasonBody): Promise<RequestView> {
    return this.commands.change(asking, recordId, (making, tx) => aboutLifting(tx, { recordId, reason, kind: restrictedRequests }, making), viewOf);
  }

  @Post('requests/:id/kept-from')
  @Needs('dols_request.keep_from')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep a request from people who work here, with why: it is not there for them any more, whoever it is open to; an assessor among them has it no more' })
  keepFrom(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: keepFromBody }) body: KeepFromBody): Promise<Answer> {
    return this.keep(asking, recordId, body);
  }

  @Post('requests/:id/interest')
  @Needs('dols_request.declare_interest')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a request must not be one’s own to see, since it is about oneself or somebody close: it is not there for oneself any more' })
  declare(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: interestBody }) body: InterestBody): Promise<Answer> {
    return this.keep(asking, recordId, { ...body, staff: [asking.staff.id] });
  }

  @Post('requests/:id/kept-from/lift')
  @Needs('dols_request.keep_no_more')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a request need not be kept from somebody any more, with a reason' })
  keepNoMore(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: keepNoMoreBody }) body: KeepNoMoreBody): Promise<RequestView> {
    return this.commands.change(asking, recordId, (making, tx) => aboutKeepingNoMore(tx, { ...body, recordId, kind: restrictedRequests }, making), viewOf);
  }

  /** Whoever does so may be shown it no more. */
  private keep(asking: Asking, recordId: string, body: KeepFromBody): Promise<Answer> {
    return this.commands.change(asking, recordId, async (making, tx) => ({ type: 'KeepRequestFrom', ...(await aboutKeeping(tx, { ...body, recordId, authority: asking.staff.authority, kind: restrictedRequests }, making)) }), ({ recordId: kept, sequence }) => ({ id: kept, sequence }));
  }

  @Get('restricted')
  @Needs('dols_request.list')
  @ApiOperation({ summary: 'The requests that are restricted to oneself among others: those not opened since, and who opened one without being named' })
  list(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), by: asking.staff.id, page };
    return this.readings.shown(asking, 'restricted requests', { find: (tx) => this.restricted.page(tx, question), idOf: (item) => item.id });
  }

  @Get('kept-from')
  @Needs('dols_request.keep_no_more')
  @ApiOperation({ summary: 'From whom requests are kept, and why, the latest first: those that are open to oneself' })
  kept(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), page };
    return this.readings.shown(asking, 'kept from somebody', { find: (tx) => this.restricted.kept(tx, question), idOf: (item) => item.id });
  }

  @Post('requests/break-glass')
  @Needs('dols_request.break_glass')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a restricted request for a while without being named, with a reason. Every try is recorded; the managers and those who are named are told' })
  break(@Ask() asking: Asking, @Body({ schema: breakBody }) { request, reason }: z.infer<typeof breakBody>): Promise<OpenedByGlass> {
    return this.glass.break(asking, { called: request, reason });
  }

  @Get('glass')
  @Needs('dols_request.list_glass')
  @ApiOperation({ summary: 'Who opened a restricted request without being named, the latest first; which it was is told to those to whom it is open' })
  broken(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    return this.restricted.glass(asking, { authority: listedAuthority(asking, undefined), page });
  }
}
