import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { londonDay } from '#libs/calendar';
import { codes } from '#libs/contracts';
import { withRestricted } from '#libs/journal';
import { admitQuestion, Ask, type Asking, Clock, givenDay, listedAuthority, mustHaveCome, Needs, PageReadings, sightOf } from '#libs/platform';
import { ConcernReading } from '../../application/concern-reading.js';
import { SamePersonsConcerns } from '../persistence/same-person.js';
import { SecondLooks } from '../persistence/second-looks.js';
import { lookAgainBody, type LookAgainBody } from './bodies.js';
import { lookAgain } from './commands.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, viewOf, withoutDecision } from './view.js';

const id = z.uuid();
const listed = z.strictObject({ authority: codes.authority.optional(), page: z.coerce.number().int().min(1).max(100_000).default(1) });
const asked = z.strictObject({ authority: codes.authority.or(z.literal('all')).optional(), as_of: givenDay.optional() });

/** A share of the decisions is decided again, blind, by somebody else: how alike are they? It changes none of them. */
@ApiTags('second looks')
@Controller()
export class SecondLookController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly reading: ConcernReading,
    private readonly samePerson: SamePersonsConcerns,
    private readonly looks: SecondLooks,
    private readonly readings: PageReadings,
    private readonly clock: Clock,
  ) {}

  @Get('second-looks')
  @Needs('concern.look_again')
  @ApiOperation({ summary: 'The decisions that one may look at again: drawn by lot, made by somebody else, and not seen by oneself. What was decided is not told' })
  owed(@Ask() asking: Asking, @Query({ schema: listed }) { authority, page }: z.infer<typeof listed>): Promise<object> {
    const question = { authority: listedAuthority(asking, authority), by: asking.staff.id, page };
    return this.readings.shown(asking, 'second looks', { find: (tx) => this.looks.owed(tx, question), idOf: (item) => item.id });
  }

  @Get('concerns/:id/second-look')
  @Needs('concern.look_again')
  @ApiOperation({ summary: 'A concern as it was before it was decided, for whoever decides it again. The reading is recorded' })
  blind(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<ConcernView> {
    return this.reading.blind(asking, recordId, async (whole, tx) => withoutDecision(whole, await this.samePerson.of(tx, asking, whole.standing)));
  }

  @Get('concerns/:id/danger-since')
  @Needs('concern.look_again')
  @ApiOperation({ summary: 'Whether danger told after the decision waits for somebody to look, and what whoever raised it wrote since, for whoever could give a second look; it costs them that where those words may show what was decided (`mayTell`). The reading is recorded' })
  danger(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.dangerSince(asking, recordId, (danger) => ({ id: recordId, danger }));
  }

  @Post('concerns/:id/second-look')
  @Needs('concern.look_again')
  @HttpCode(200)
  @ApiOperation({ summary: 'Decide again what somebody else decided: the three limbs, an outcome, a reason. The decision stays as it is' })
  give(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: lookAgainBody }) body: LookAgainBody): Promise<ConcernView> {
    return this.commands.change(asking, recordId, async (making, tx) => lookAgain(body, making, await this.looks.hasSeen(tx, recordId, making.by)), viewOf);
  }

  @Get('consistency')
  @Needs('measures.read')
  @ApiOperation({ summary: 'How far second looks agree with the decisions: Cohen’s kappa with its interval, by limb and by outcome, over twelve months' })
  consistency(@Ask() asking: Asking, @Query({ schema: asked }) { authority, as_of: lastDay }: z.infer<typeof asked>): Promise<object> {
    const whose = authority === 'all' ? null : (authority ?? asking.staff.authority);
    admitQuestion(asking, whose);
    const asOf = lastDay ?? londonDay(this.clock.now());
    mustHaveCome(asOf, this.clock.now());
    return this.looks.consistency(withRestricted(sightOf(asking)), whose, asOf);
  }
}
