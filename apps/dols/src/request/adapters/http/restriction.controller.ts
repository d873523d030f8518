import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { aboutLifting, aboutRestriction, Ask, type Asking, BrokenGlass, calledByGlass, glassReason, listedAuthority, Needs, type OpenedByGlass, PageReadings, restrictBody, type RestrictBody, restrictedQuestion, type RestrictedQuestion, RestrictedRecords } from '#libs/platform';
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

  @Get('restricted')
  @Needs('dols_request.list')
  @ApiOperation({ summary: 'The requests that are restricted to oneself among others: those not opened since, and who opened one without being named' })
  list(@Ask() asking: Asking, @Query({ schema: restrictedQuestion }) { page }: RestrictedQuestion): Promise<object> {
    const question = { authority: listedAuthority(asking, undefined), by: asking.staff.id, page };
    return this.readings.shown(asking, 'restricted requests', { find: (tx) => this.restricted.page(tx, question), idOf: (item) => item.id });
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
