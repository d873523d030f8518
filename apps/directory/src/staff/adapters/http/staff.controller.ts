import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Tx } from '#libs/journal';
import { aboutError, Ask, type Asking, type ErrorStep, errorStep, type Making, Needs, staffMemberIdOf } from '#libs/platform';
import { AmongOthers } from '../../../among-others.js';
import { id, reasonBody } from '../../../given.js';
import { idsOf } from '../../../keyset.js';
import { ownAuthority } from '../../../own-authority.js';
import { StaffReading } from '../../application/staff-reading.js';
import type { StaffCommand } from '../../domain/staff-member.js';
import * as bodies from './bodies.js';
import { StaffCommands } from './commands.js';
import { type StaffView, viewOf } from './view.js';

/** Who works here, in which roles and teams. */
@ApiTags('staff')
@Controller('staff')
export class StaffController {
  constructor(
    private readonly commands: StaffCommands,
    private readonly reading: StaffReading,
  ) {}

  @Post()
  @Needs('staff_member.register')
  @ApiOperation({ summary: 'Register somebody who works here, by the account with which they sign in. Registering twice is registering once' })
  register(@Ask() asking: Asking, @Body({ schema: bodies.registerBody }) { account, name }: bodies.Body<typeof bodies.registerBody>): Promise<StaffView> {
    const recordId = staffMemberIdOf(account);
    const authority = ownAuthority(asking);
    return this.commands.create(asking, { recordId, authority }, ({ words, now, by }) => ({
      type: 'RegisterStaffMember', at: now, by, account, actsAs: recordId, authority, name: words.keep(name),
    }), viewOf);
  }

  @Get()
  @Needs('staff_member.read')
  @ApiOperation({ summary: 'Who works here, a page at a time. The reading is recorded' })
  page(@Ask() asking: Asking, @Query({ schema: bodies.staffQuestion }) asked: bodies.Body<typeof bodies.staffQuestion>): Promise<object> {
    const { after, limit, status, role, team, actsAs } = asked;
    const where = { 'authority = $': asking.staff.authority ?? '', 'status = $': status, '$ = any(roles)': role, 'teams @> array[$::uuid]': team, 'acts_as = $': actsAs };
    return this.reading.page(asking, (tx) => idsOf(tx, { table: 'staff_member', where, after, limit }), viewOf);
  }

  @Get(':id')
  @Needs('staff_member.read')
  @ApiOperation({ summary: 'Somebody who works here. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.read(asking, recordId, viewOf);
  }

  @Get(':id/story')
  @Needs('staff_member.read_story')
  @ApiOperation({ summary: 'What happened to somebody’s record, in order. The reading is recorded' })
  story(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.story(asking, recordId);
  }

  @Post(':id/roles/give')
  @Needs('staff_member.change_roles')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give somebody a role. Nobody gives themselves one' })
  giveRole(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.giveRoleBody }) body: bodies.Body<typeof bodies.giveRoleBody>) {
    return this.change(asking, recordId, ({ now, by }) => ({ type: 'GiveRole', at: now, by, ...body }));
  }

  @Post(':id/roles/take')
  @Needs('staff_member.change_roles')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a role away, with a reason. The last administrator of an authority keeps theirs' })
  takeRole(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.takeRoleBody }) body: bodies.Body<typeof bodies.takeRoleBody>) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => ({
      type: 'TakeRole', at: now, by, role: body.role, reason: words.keep(body.reason), ...(await administrators(tx, asking, recordId)),
    }));
  }

  @Post(':id/teams/join')
  @Needs('staff_member.change_teams')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody is in a team' })
  joinTeam(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.teamBody }) { teamId }: bodies.Body<typeof bodies.teamBody>) {
    return this.change(asking, recordId, async ({ now, by }, tx) => {
      const others = await AmongOthers.of(tx, asking.staff.authority);
      return { type: 'JoinTeam', at: now, by, teamId, isTeamOpen: await others.isTeamOpen(teamId) };
    });
  }

  @Post(':id/teams/leave')
  @Needs('staff_member.change_teams')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody is in a team no more' })
  leaveTeam(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.teamBody }) { teamId }: bodies.Body<typeof bodies.teamBody>) {
    return this.change(asking, recordId, ({ now, by }) => ({ type: 'LeaveTeam', at: now, by, teamId }));
  }

  @Post(':id/disable')
  @Needs('staff_member.disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody may do nothing here any more, with a reason. The last administrator of an authority stays' })
  disable(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) body: { reason: string }) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => ({
      type: 'DisableStaffMember', at: now, by, reason: words.keep(body.reason), ...(await administrators(tx, asking, recordId)),
    }));
  }

  @Post(':id/enable')
  @Needs('staff_member.disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody who was disabled may work again, with a reason' })
  enable(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) body: { reason: string }) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'EnableStaffMember', at: now, by, reason: words.keep(body.reason) }));
  }

  @Post(':id/sessions/end')
  @Needs('staff_member.disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whoever is signed in as them, anywhere, has to sign in again, with a reason. They may work as before' })
  endSessions(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) body: { reason: string }) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'EndSessions', at: now, by, reason: words.keep(body.reason) }));
  }

  @Post(':id/correct')
  @Needs('staff_member.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put right what somebody is called, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.correctBody }) body: bodies.Body<typeof bodies.correctBody>) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'CorrectStaffMember', at: now, by, name: words.keep(body.name), reason: words.keep(body.reason),
    }));
  }

  @Post(':id/entered-in-error/:step')
  @Needs('staff_member.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that somebody should never have been registered' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: errorStep }) step: ErrorStep,
    @Body({ schema: reasonBody }) { reason }: { reason: string },
  ) {
    return this.change(asking, recordId, async (making, tx) => {
      const command = aboutError(step, reason, making);
      return command.type === 'ConfirmEnteredInError' ? { ...command, ...(await administrators(tx, asking, recordId)) } : command;
    });
  }

  private change(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => StaffCommand | Promise<StaffCommand>): Promise<StaffView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}

async function administrators(tx: Tx, { staff }: Asking, recordId: string): Promise<{ isLastAdministrator: boolean }> {
  const others = await AmongOthers.of(tx, staff.authority);
  return { isLastAdministrator: await others.isLastAdministrator(recordId) };
}
