import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { v7 } from 'uuid';
import type { z } from 'zod';
import { londonDay } from '#libs/calendar';
import type { Tx } from '#libs/journal';
import { aboutError, Ask, type Asking, type ErrorStep, errorStep, type Making, Needs } from '#libs/platform';
import { AmongOthers } from '../../../among-others.js';
import { closeBody, id, reasonBody } from '../../../given.js';
import { idsOf } from '../../../keyset.js';
import { ownAuthority } from '../../../own-authority.js';
import { PlaceReading } from '../../application/place-reading.js';
import type { PlaceCommand } from '../../domain/place.js';
import * as bodies from './bodies.js';
import { PlaceCommands } from './commands.js';
import { type PlaceView, viewOf } from './view.js';

/** The places where people live or are cared for. */
@ApiTags('places')
@Controller('places')
export class PlacesController {
  constructor(
    private readonly commands: PlaceCommands,
    private readonly reading: PlaceReading,
  ) {}

  @Post()
  @Needs('place.register')
  @ApiOperation({ summary: 'Register a place, with its location id at the Care Quality Commission and who runs it' })
  register(@Ask() asking: Asking, @Body({ schema: bodies.registerBody }) { name, ...body }: bodies.RegisterBody): Promise<PlaceView> {
    const target = { recordId: v7(), authority: ownAuthority(asking) };
    return this.commands.create(asking, target, async ({ words, now, by }, tx) => {
      const others = await AmongOthers.of(tx, target.authority);
      const isLocationTaken = await others.isLocationTaken(body.cqcLocationId, target.recordId);
      const isOrganisationOpen = await others.isOrganisationOpen(body.organisationId);
      return { type: 'RegisterPlace', at: now, by, ...body, isLocationTaken, isOrganisationOpen, name: words.keep(name) };
    }, viewOf);
  }

  @Get()
  @Needs('place.read')
  @ApiOperation({ summary: 'The places, a page at a time. The reading is recorded' })
  page(@Ask() asking: Asking, @Query({ schema: bodies.question }) asked: bodies.PlaceQuestion): Promise<object> {
    const { after, limit, status, setting, localArea, organisation, cqcLocationId } = asked;
    const where = {
      'authority = $': asking.staff.authority ?? '', 'status = $': status, 'setting = $': setting, 'local_area = $': localArea,
      'organisation_id = $': organisation, 'cqc_location_id = $': cqcLocationId,
    };
    return this.reading.page(asking, (tx) => idsOf(tx, { table: 'place', where, after, limit }), viewOf);
  }

  @Get(':id')
  @Needs('place.read')
  @ApiOperation({ summary: 'A place. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.read(asking, recordId, viewOf);
  }

  @Get(':id/story')
  @Needs('place.read_story')
  @ApiOperation({ summary: 'What happened to a place’s record, in order. The reading is recorded' })
  story(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.story(asking, recordId);
  }

  @Post(':id/correct')
  @Needs('place.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put one recorded thing right, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.correctBody }) { reason, ...body }: bodies.CorrectBody) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      const isLocationTaken = body.field === 'cqcLocationId' && (await others.isLocationTaken(body.value, recordId));
      const correction = body.field === 'name' ? { field: body.field, value: words.keep(body.value) } : body;
      return { type: 'CorrectPlace', at: now, by, isLocationTaken, correction, reason: words.keep(reason) };
    });
  }

  @Post(':id/take-over')
  @Needs('place.take_over')
  @HttpCode(200)
  @ApiOperation({ summary: 'Another organisation runs a place from a day on' })
  takeOver(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.takeOverBody }) body: bodies.TakeOverBody) {
    return this.change(asking, recordId, async ({ now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      return { type: 'TakeOverPlace', at: now, by, ...body, today: londonDay(now), isOrganisationOpen: await others.isOrganisationOpen(body.organisationId) };
    });
  }

  @Post(':id/close')
  @Needs('place.close')
  @HttpCode(200)
  @ApiOperation({ summary: 'A place is no more' })
  close(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: closeBody }) body: z.infer<typeof closeBody>) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'ClosePlace', at: now, by, closedOn: body.closedOn, today: londonDay(now), reason: words.keep(body.reason),
    }));
  }

  @Post(':id/entered-in-error/:step')
  @Needs('place.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that a place should never have been recorded' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: errorStep }) step: ErrorStep,
    @Body({ schema: reasonBody }) { reason }: { reason: string },
  ) {
    return this.change(asking, recordId, (making) => aboutError(step, reason, making));
  }

  private change(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => PlaceCommand | Promise<PlaceCommand>): Promise<PlaceView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}
