import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { opennessOf, type Tx } from '#libs/journal';
import { Ask, type Asking, Commands, type Make, Needs } from '#libs/platform';
import { heldOf } from '../../application/held.js';
import type { Enquiry, EnquiryCommand, EnquiryEvent } from '../../domain/enquiry.js';
import * as bodies from './bodies.js';
import { concludeEnquiry, correctEnquiry, enteredInError } from './commands.js';
import { type EnquiryView, viewOf } from './view.js';

const id = z.uuid();

export class EnquiryCommands extends Commands<Enquiry, EnquiryCommand, EnquiryEvent> {
  protected override held = heldOf;
  protected override readonly mostTogether = 64;
}

/** To whom it can be given, as far as that is for its concern to say. */
async function openness(tx: Tx, recordId: string) {
  const { names: openTo, keptFrom } = await opennessOf(tx, recordId);
  return { openTo, keptFrom };
}

/** Give an enquiry to a worker, carry it on, and conclude it. */
@ApiTags('enquiries')
@Controller('enquiries/:id')
export class EnquiriesController {
  constructor(private readonly commands: EnquiryCommands) {}

  @Post('allocate')
  @Needs('enquiry.allocate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give an enquiry to a worker in a team' })
  allocate(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.allocateBody }) body: bodies.AllocateBody) {
    return this.change(asking, recordId, async ({ now, by }, tx) => ({ type: 'AllocateEnquiry', at: now, by, ...body, ...(await openness(tx, recordId)) }));
  }

  @Post('reallocate')
  @Needs('enquiry.allocate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give it to another worker or team, and say why' })
  reallocate(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.reallocateBody }) body: bodies.ReallocateBody) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => ({
      type: 'ReallocateEnquiry', at: now, by, ...body, ...(await openness(tx, recordId)), reason: words.keep(body.reason),
    }));
  }

  @Post('cause')
  @Needs('enquiry.cause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Have another agency make the enquiry: scope, purpose and day. The council stays accountable' })
  cause(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.causeBody }) body: bodies.CauseBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'CauseEnquiry', at: now, by, ...body, scope: words.keep(body.scope), purpose: words.keep(body.purpose),
    }));
  }

  @Post('progress')
  @Needs('enquiry.check_progress')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record how far the agency is, and perhaps another day' })
  progress(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.progressBody }) body: bodies.ProgressBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'RecordProgressCheck', at: now, by, note: words.keep(body.note), dueOn: body.dueOn,
    }));
  }

  @Post('plan')
  @Needs('enquiry.plan')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record what the person wants of the enquiry, or why nobody asked' })
  plan(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.planBody }) body: bodies.PlanBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'PlanEnquiry', at: now, by, outcomesAsked: body.outcomesAsked, words: words.keep(body.words),
    }));
  }

  @Post('conclude')
  @Needs('enquiry.conclude')
  @HttpCode(200)
  @ApiOperation({ summary: 'Conclude an enquiry: what was found, what the person got of what they wanted, what is to be done' })
  conclude(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.concludeBody }) body: bodies.ConcludeBody) {
    return this.change(asking, recordId, (making) => concludeEnquiry(body, making));
  }

  @Post('reopen')
  @Needs('enquiry.reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a concluded enquiry again; what was concluded stays in its story' })
  reopen(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.reasonBody }) body: bodies.ReasonBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'ReopenEnquiry', at: now, by, reason: words.keep(body.reason) }));
  }

  @Post('go-on')
  @Needs('enquiry.answer_whether_to_go_on')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer whether the enquiry goes on although its concern was opened again. The answer ends nothing' })
  goOn(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.goOnBody }) body: bodies.GoOnBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'AnswerWhetherToGoOn', at: now, by, goOn: body.goOn, reason: words.keep(body.reason),
    }));
  }

  @Post('protection-plan')
  @Needs('enquiry.protect')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say what keeps the person safe, and when that is looked at again' })
  setPlan(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.protectionPlanBody }) body: bodies.ProtectionPlanBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'SetProtectionPlan', at: now, by, plan: words.keep(body.plan), reviewOn: body.reviewOn,
    }));
  }

  @Post('protection-plan/review')
  @Needs('enquiry.protect')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record that the protection plan was looked at: it continues, is changed, or ends' })
  reviewPlan(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.planReviewBody }) body: bodies.PlanReviewBody) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'ReviewProtectionPlan', at: now, by, ...body, review: words.keep(body.review),
    }));
  }

  @Post('correct')
  @Needs('enquiry.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put one recorded thing right, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.correctBody }) body: bodies.CorrectBody) {
    return this.change(asking, recordId, (making) => correctEnquiry(body, making));
  }

  @Post('entered-in-error/:step')
  @Needs('enquiry.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that it should never have been recorded' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: bodies.steps }) step: bodies.Step,
    @Body({ schema: bodies.reasonBody }) body: bodies.ReasonBody,
  ) {
    return this.change(asking, recordId, (making) => enteredInError(step, body.reason, making));
  }

  private change(asking: Asking, recordId: string, make: Make<EnquiryCommand>): Promise<EnquiryView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}
