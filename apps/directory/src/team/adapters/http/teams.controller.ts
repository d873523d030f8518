import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { Tx } from '#libs/journal';
import { aboutError, Ask, type Asking, type ErrorStep, errorStep, type Making, Needs } from '#libs/platform';
import { AmongOthers } from '../../../among-others.js';
import { code, id, name, reason, reasonBody } from '../../../given.js';
import { idsOf, page } from '../../../keyset.js';
import { ownAuthority } from '../../../own-authority.js';
import { TeamReading } from '../../application/team-reading.js';
import type { TeamCommand } from '../../domain/team.js';
import { TeamCommands } from './commands.js';
import { type TeamView, viewOf } from './view.js';

const formBody = z.strictObject({ code, name });
const correctBody = z.strictObject({ name, reason });
const question = z.strictObject({ ...page, status: z.enum(['open', 'closed', 'entered-in-error']).optional() });

/** The teams to which cases are allocated. */
@ApiTags('teams')
@Controller('teams')
export class TeamsController {
  constructor(
    private readonly commands: TeamCommands,
    private readonly reading: TeamReading,
  ) {}

  @Post()
  @Needs('team.form')
  @ApiOperation({ summary: 'Form a team, with the code by which cases are allocated to it' })
  form(@Ask() asking: Asking, @Body({ schema: formBody }) body: z.infer<typeof formBody>): Promise<TeamView> {
    const authority = ownAuthority(asking);
    return this.commands.create(asking, { recordId: v7(), authority }, async ({ words, now, by }, tx) => {
      const others = await AmongOthers.of(tx, authority);
      return { type: 'FormTeam', at: now, by, code: body.code, isCodeTaken: await others.isTeamCodeTaken(body.code), name: words.keep(body.name) };
    }, viewOf);
  }

  @Get()
  @Needs('team.read')
  @ApiOperation({ summary: 'The teams, a page at a time. The reading is recorded' })
  page(@Ask() asking: Asking, @Query({ schema: question }) { after, limit, status }: z.infer<typeof question>): Promise<object> {
    const where = { 'authority = $': asking.staff.authority ?? '', 'status = $': status };
    return this.reading.page(asking, (tx) => idsOf(tx, { table: 'team', where, after, limit }), viewOf);
  }

  @Get(':id')
  @Needs('team.read')
  @ApiOperation({ summary: 'A team. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.read(asking, recordId, viewOf);
  }

  @Get(':id/story')
  @Needs('team.read_story')
  @ApiOperation({ summary: 'What happened to a team, in order. The reading is recorded' })
  story(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.story(asking, recordId);
  }

  @Post(':id/correct')
  @Needs('team.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put right what a team is called, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: correctBody }) body: z.infer<typeof correctBody>) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'CorrectTeam', at: now, by, name: words.keep(body.name), reason: words.keep(body.reason) }));
  }

  @Post(':id/close')
  @Needs('team.close')
  @HttpCode(200)
  @ApiOperation({ summary: 'A team is no more, with a reason; only when nobody is in it' })
  close(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: reasonBody }) body: { reason: string }) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => ({
      type: 'CloseTeam', at: now, by, reason: words.keep(body.reason), ...(await membersOf(tx, asking, recordId)),
    }));
  }

  @Post(':id/entered-in-error/:step')
  @Needs('team.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that a team should never have been recorded' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: errorStep }) step: ErrorStep,
    @Body({ schema: reasonBody }) body: { reason: string },
  ) {
    return this.change(asking, recordId, async (making, tx) => {
      const command = aboutError(step, body.reason, making);
      return command.type === 'ConfirmEnteredInError' ? { ...command, ...(await membersOf(tx, asking, recordId)) } : command;
    });
  }

  private change(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => TeamCommand | Promise<TeamCommand>): Promise<TeamView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}

async function membersOf(tx: Tx, { staff }: Asking, teamId: string): Promise<{ members: number }> {
  const others = await AmongOthers.of(tx, staff.authority);
  return { members: await others.membersOf(teamId) };
}
