import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { londonDay } from '#libs/calendar';
import { Ask, type Asking, Clock, Needs } from '#libs/platform';
import { AmongOthers } from '../../../among-others.js';
import { id } from '../../../given.js';
import { Deputies } from '../persistence/deputies.js';
import * as bodies from './bodies.js';
import { StaffCommands } from './commands.js';
import { viewOf } from './view.js';

/** Who is away, and who may act for whom. */
@ApiTags('staff')
@Controller()
export class AwayController {
  constructor(
    private readonly commands: StaffCommands,
    private readonly deputies: Deputies,
    private readonly clock: Clock,
  ) {}

  @Post('staff/:id/leave')
  @Needs('staff_member.record_leave')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody is away, from the first day to the last. No day is noted twice' })
  recordLeave(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.leaveBody }) period: bodies.Body<typeof bodies.leaveBody>) {
    return this.commands.change(asking, recordId, ({ now, by }) => ({ type: 'RecordLeave', at: now, by, ...period }), viewOf);
  }

  @Post('staff/:id/leave/cancel')
  @Needs('staff_member.record_leave')
  @HttpCode(200)
  @ApiOperation({ summary: 'The leave that begins on this day is not taken' })
  cancelLeave(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.fromBody }) { from }: bodies.Body<typeof bodies.fromBody>) {
    return this.commands.change(asking, recordId, ({ now, by }) => ({ type: 'CancelLeave', at: now, by, from }), viewOf);
  }

  @Post('staff/:id/deputies')
  @Needs('staff_member.appoint_deputy')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody else may act for them, from the first day to the last' })
  appointDeputy(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.deputyBody }) deputy: bodies.Body<typeof bodies.deputyBody>) {
    return this.commands.change(asking, recordId, async ({ now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      const isDeputyActive = await others.isStaffMemberActive(deputy.deputyId);
      return { type: 'AppointDeputy', at: now, by, staffMemberId: recordId, today: londonDay(now), isDeputyActive, ...deputy };
    }, viewOf);
  }

  @Post('staff/:id/deputies/end')
  @Needs('staff_member.appoint_deputy')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whoever acts for them from this day acts for them no more' })
  endDeputy(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.fromBody }) { from }: bodies.Body<typeof bodies.fromBody>) {
    return this.commands.change(asking, recordId, ({ now, by }) => ({ type: 'EndDeputy', at: now, by, from, today: londonDay(now) }), viewOf);
  }

  @Get('deputies')
  @Needs('staff_member.read')
  @ApiOperation({ summary: 'Who may act for whom on a day, today unless told; ids alone' })
  on(@Ask() { staff }: Asking, @Query({ schema: bodies.deputiesQuestion }) { on }: bodies.Body<typeof bodies.deputiesQuestion>): Promise<object> {
    return this.deputies.on(staff.authority ?? '', on ?? londonDay(this.clock.now()));
  }
}
