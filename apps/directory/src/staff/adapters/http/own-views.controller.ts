import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Standing } from '#libs/journal';
import { type Answer, Ask, type Asking, Needs } from '#libs/platform';
import { refuse } from '../../domain/refuse.js';
import type { ForgetView, SavedView, SaveView, StaffMember } from '../../domain/staff-member.js';
import { OwnRecord } from '../persistence/own-record.js';
import * as bodies from './bodies.js';
import { StaffCommands } from './commands.js';

type View = bodies.Body<typeof bodies.viewBody>;
type Views = Answer & { items: SavedView[] };

/** The views of queues that somebody keeps for themselves. No address leads to anybody else's; they say nothing of anybody, so that reading them is not recorded. */
@ApiTags('staff')
@Controller('staff/own/views')
export class OwnViewsController {
  constructor(
    private readonly commands: StaffCommands,
    private readonly own: OwnRecord,
  ) {}

  @Get()
  @Needs('staff_member.keep_views')
  @ApiOperation({ summary: 'The views of queues that you saved for yourself' })
  async all(@Ask() asking: Asking): Promise<{ items: SavedView[] }> {
    return { items: (await this.own.find(asking))?.views ?? [] };
  }

  @Post()
  @Needs('staff_member.keep_views')
  @HttpCode(200)
  @ApiOperation({ summary: 'Save a view for yourself: a queue and what is chosen of it, in codes. At most 20; the same again is no second one' })
  save(@Ask() asking: Asking, @Body({ schema: bodies.viewBody }) view: View): Promise<Views> {
    return this.change(asking, 'SaveView', view);
  }

  @Post('forget')
  @Needs('staff_member.keep_views')
  @HttpCode(200)
  @ApiOperation({ summary: 'Forget a view that you saved; one that is not there is forgotten already' })
  forget(@Ask() asking: Asking, @Body({ schema: bodies.viewBody }) view: View): Promise<Views> {
    return this.change(asking, 'ForgetView', view);
  }

  /** Whatever else of them changed meanwhile: a view overwrites nothing that somebody has to have read. */
  private async change(asking: Asking, type: (SaveView | ForgetView)['type'], { queue, filters }: View): Promise<Views> {
    const view: SavedView = { queue, filters: { ...filters } as Record<string, string> };
    const own = await this.own.find(asking);
    if (!own) return refuse('staff-member/not-registered', 'You are not registered in the directory, so it can keep nothing for you. An administrator of your council can register you.');
    const target = { recordId: own.id, authority: asking.staff.authority };
    return this.commands.create(asking, target, ({ now, by }) => ({ type, at: now, by, view }), viewsOf);
  }
}

const viewsOf = ({ recordId, sequence, state }: Standing<StaffMember>): Views => ({ id: recordId, sequence, items: state.status === 'absent' ? [] : state.member.views });
