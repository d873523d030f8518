import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { v7 } from 'uuid';
import { z } from 'zod';
import { scopeOf } from '#libs/access';
import { Identities } from '#libs/claims';
import { Ask, type Asking, Commands, type Making, Needs, shortReference, type Staff } from '#libs/platform';
import { heldOf } from '../../application/held.js';
import { ReadingRequests } from '../../application/reading-requests.js';
import type { RequestCommand } from '../../domain/commands.js';
import type { RequestEvent } from '../../domain/events.js';
import type { Request } from '../../domain/state.js';
import * as bodies from './bodies.js';
import * as commands from './commands.js';
import { followOf, type RequestView, viewOf } from './view.js';

const id = z.uuid();

/** Whoever asked for it sees how it goes on; whoever works on it, all. */
const seesAll = ({ roles }: Staff): boolean => roles.some((role) => ['any', 'assigned'].includes(scopeOf('dols_request.read', role) ?? ''));

export class RequestCommands extends Commands<Request, RequestCommand, RequestEvent> {
  protected override held = heldOf;
  protected override readonly mostTogether = 64;
}

/** Ask for an authorisation, see where the request stands, and take it through its stages. */
@ApiTags('requests')
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly commands: RequestCommands,
    private readonly reading: ReadingRequests,
    private readonly identities: Identities,
  ) {}

  @Post()
  @Needs('dols_request.ask')
  @ApiOperation({ summary: 'Ask for a standard authorisation. It is taken however incomplete' })
  ask(@Ask() asking: Asking, @Body({ schema: bodies.askBody }) body: bodies.AskBody): Promise<RequestView> {
    const recordId = v7();
    return this.commands.create(
      asking,
      { recordId, authority: body.authority },
      (making) => {
        this.identities.keep(making.words, recordId, body.person);
        return commands.receiveRequest(body, making, shortReference('DL', recordId));
      },
      viewOf,
    );
  }

  @Get(':id')
  @Needs('dols_request.read')
  @ApiOperation({ summary: 'A request as it stands. The reading is recorded' })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string) {
    return this.reading.read(asking, recordId, seesAll(asking.staff) ? viewOf : followOf);
  }

  @Post(':id/screen')
  @Needs('dols_request.screen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Screen a request under the legal test of the day. Screening ranks and asks; it refuses nothing' })
  screen(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.screenBody }) body: bodies.ScreenBody) {
    return this.change(asking, recordId, (making) => commands.screenRequest(body, making));
  }

  @Post(':id/prioritise')
  @Needs('dols_request.prioritise')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a request its priority band, or a new one, with a reason' })
  prioritise(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.prioritiseBody }) body: bodies.PrioritiseBody) {
    const { band, reason } = body;
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'PrioritiseRequest', at: now, by, band, reason: words.keep(reason) }));
  }

  @Post(':id/allocate')
  @Needs('dols_request.allocate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a request to its assessors; the doctor may follow later' })
  allocate(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.allocateBody }) body: bodies.AllocateBody) {
    return this.change(asking, recordId, ({ now, by }) => ({ type: 'AllocateRequest', at: now, by, ...assessorsOf(body) }));
  }

  @Post(':id/reallocate')
  @Needs('dols_request.allocate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a request to other assessors, with a reason' })
  reallocate(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.reallocateBody }) body: bodies.ReallocateBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'ReallocateRequest', at: now, by, ...assessorsOf(body), reason: words.keep(body.reason),
    }));
  }

  @Post(':id/assess')
  @Needs('dols_request.assess')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record one of the six assessments' })
  assess(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.assessBody }) body: bodies.AssessBody) {
    return this.change(asking, recordId, (making) => commands.recordAssessment(body, making));
  }

  @Post(':id/contact')
  @Needs('dols_request.record_contact')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record a look at somebody who waits, and when the next is due' })
  contact(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.contactBody }) body: bodies.ContactBody) {
    return this.change(asking, recordId, (making) => commands.recordContact(body, making));
  }

  @Post(':id/decide')
  @Needs('dols_request.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the waiting: granted, refused on a named assessment, or withdrawn, died or moved on a dated source' })
  decide(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.decideBody }) body: bodies.DecideBody) {
    return this.change(asking, recordId, (making) => commands.decideRequest(body, making));
  }

  @Post(':id/end')
  @Needs('dols_request.end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End an authorisation' })
  end(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.endBody }) body: bodies.EndBody) {
    return this.change(asking, recordId, (making) => commands.endAuthorisation(body, making));
  }

  @Post(':id/suspend')
  @Needs('dols_request.suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspend an authorisation while the person is ineligible, with a reason' })
  suspend(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.suspendBody }) { on, reason }: bodies.SuspendBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'SuspendAuthorisation', at: now, by, on, reason: words.keep(reason) }));
  }

  @Post(':id/resume')
  @Needs('dols_request.suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a suspended authorisation go on' })
  resume(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.resumeBody }) { on }: bodies.ResumeBody) {
    return this.change(asking, recordId, ({ now, by }) => ({ type: 'ResumeAuthorisation', at: now, by, on }));
  }

  @Post(':id/renewal')
  @Needs('dols_request.renew')
  @HttpCode(200)
  @ApiOperation({ summary: 'Link the request that asks for another authorisation to follow this one. Nothing is extended by that' })
  renewal(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.renewalBody }) { renewalId }: bodies.RenewalBody) {
    return this.change(asking, recordId, ({ now, by }) => ({ type: 'RequestRenewal', at: now, by, renewalId }));
  }

  @Post(':id/correct')
  @Needs('dols_request.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put right what was written down wrongly, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.correctBody }) body: bodies.CorrectBody) {
    return this.change(asking, recordId, (making) => commands.correctRequest(body, making));
  }

  @Post(':id/correct-authorisation')
  @Needs('dols_request.correct_authorisation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put right the days of an authorisation, with a reason' })
  correctAuthorisation(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.correctAuthorisationBody }) body: bodies.CorrectAuthorisationBody) {
    return this.change(asking, recordId, (making) => commands.correctAuthorisation(body, making));
  }

  @Post(':id/:step-entered-in-error')
  @Needs('dols_request.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that it should never have been recorded' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: z.enum(['propose', 'confirm', 'decline']) }) step: 'propose' | 'confirm' | 'decline',
    @Body({ schema: bodies.reasonBody }) { reason }: bodies.ReasonBody,
  ) {
    return this.change(asking, recordId, ({ words, now, by }) => {
      if (step === 'propose') return { type: 'ProposeEnteredInError', at: now, by, reason: words.keep(reason) };
      return { type: step === 'confirm' ? 'ConfirmEnteredInError' : 'DeclineEnteredInError', at: now, by };
    });
  }

  private change(asking: Asking, recordId: string, make: (making: Making) => RequestCommand): Promise<RequestView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}

const assessorsOf = ({ bestInterestsAssessor, mentalHealthAssessor }: bodies.AllocateBody) => ({
  bestInterestsAssessor,
  mentalHealthAssessor: mentalHealthAssessor ?? null,
});
