import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { codes } from '#libs/contracts';
import type { Standing } from '#libs/journal';
import { type Answer, Ask, type Asking, listedAuthority, Needs, PageReadings } from '#libs/platform';
import { type Route, ROUTES } from '../../domain/codes.js';
import type { Concern } from '../../domain/concern.js';
import { AwaitedRoutes } from '../persistence/awaited-routes.js';
import { words } from './bodies.js';
import { ConcernCommands } from './concern-commands.js';

const id = z.uuid();
const route = z.enum(ROUTES);
const listed = z.strictObject({ authority: codes.authority.optional(), page: z.coerce.number().int().min(1).max(100_000).default(1) });
/** `decision`: which decision sent it there, as `routes` of the concern says. */
const decision = { decision: z.int().min(1).max(10_000) };
const receivedBody = z.strictObject({ ...decision, reference: words.optional() });
const refusedBody = z.strictObject({ ...decision, reason: words.default('') });

/** That it is recorded, and nothing of the decision: whoever records it may still have to make that again, blind. */
const recorded = ({ recordId, sequence }: Standing<Concern>): Answer => ({ id: recordId, sequence });

/** Where decisions sent concerns, and what was heard from there. */
@ApiTags('routes')
@Needs('concern.record_route')
@Controller()
export class RoutingController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly awaited: AwaitedRoutes,
    private readonly readings: PageReadings,
  ) {}

  @Get('routes-awaited')
  @ApiOperation({ summary: 'Concerns that were sent on and that nobody has said they have, or that were refused there, each with where and since when, the oldest first' })
  awaitedRoutes(@Ask() asking: Asking, @Query({ schema: listed }) { authority, page }: z.infer<typeof listed>): Promise<object> {
    const question = { authority: listedAuthority(asking, authority), by: asking.staff.id, page };
    return this.readings.shown(asking, 'queue', { find: (tx) => this.awaited.page(tx, question), idOf: (item) => item.id });
  }

  @Post('concerns/:id/routes/:route/received')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record that they have it, to where a decision sent it; `reference`: with whom one spoke and what they call it, kept encrypted' })
  received(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Param('route', { schema: route }) to: Route, @Body({ schema: receivedBody }) body: z.infer<typeof receivedBody>): Promise<Answer> {
    return this.commands.change(asking, recordId, ({ words: said, now, by }) => ({ type: 'RecordRouteReceived', at: now, by, route: to, decision: body.decision, reference: said.keep(body.reference) }), recorded);
  }

  @Post('concerns/:id/routes/:route/refused')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record that they do not take it there, and why. It stays listed until they do, or the concern is opened again and decided' })
  refused(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Param('route', { schema: route }) to: Route, @Body({ schema: refusedBody }) body: z.infer<typeof refusedBody>): Promise<Answer> {
    return this.commands.change(asking, recordId, ({ words: said, now, by }) => ({ type: 'RecordRouteRefused', at: now, by, route: to, decision: body.decision, reason: said.keep(body.reason) }), recorded);
  }
}
