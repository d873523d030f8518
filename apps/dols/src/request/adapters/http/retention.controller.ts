import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Standing } from '#libs/journal';
import { aboutDisposal, aboutLegalHold, Ask, type Asking, calledBody, disposalBody, disposalStep, type DisposalStep, type DuePage, dueQuestion, type DueQuestion, type HeldPage, type KeptOrNot, legalHoldBody, Needs, RETENTION_RULES, type Review, type WholeReview } from '#libs/platform';
import type { Request } from '../../domain/state.js';
import type { RetentionBasis, RetentionRule } from '../../domain/retention-rules.js';
import { DueRequests } from '../persistence/due-requests.js';
import { RequestCommands } from './requests.controller.js';

const id = z.uuid();

const keptOrNot = ({ recordId, sequence, state }: Standing<Request>): KeptOrNot => ({ id: recordId, sequence, status: state.status, onHold: state.status !== 'absent' && state.legalHold !== null });

/** What is kept how long, and what goes: nothing by itself, and nothing but by two people. */
@ApiTags('retention')
@Controller()
export class RetentionController {
  constructor(
    private readonly commands: RequestCommands,
    private readonly due: DueRequests,
    @Inject(RETENTION_RULES) private readonly rules: readonly RetentionRule[],
  ) {}

  @Get('retention/rules')
  @Needs('dols_request.review_retention')
  @ApiOperation({ summary: 'The rules by which requests are kept, each with its source and the day from which it holds' })
  kept(): { rules: readonly RetentionRule[] } {
    return { rules: this.rules };
  }

  @Get('retention/due')
  @Needs('dols_request.review_retention')
  @ApiOperation({ summary: 'Requests whose retention has ended, for a person to look at; those under a legal hold among them. The reading is recorded' })
  list(@Ask() asking: Asking, @Query({ schema: dueQuestion }) asked: DueQuestion): Promise<DuePage<RetentionBasis>> {
    return this.due.page(asking, asked);
  }

  @Get('retention/held')
  @Needs('dols_request.review_retention')
  @ApiOperation({ summary: 'Requests under a legal hold, due or not, with who holds them since when; why, is told with one alone. The reading is recorded' })
  held(@Ask() asking: Asking, @Query({ schema: dueQuestion }) asked: DueQuestion): Promise<HeldPage> {
    return this.due.underHold(asking, asked);
  }

  @Post('retention/find')
  @Needs('dols_request.review_retention')
  @HttpCode(200)
  @ApiOperation({ summary: 'Requests by their reference, due or not, for whoever needs one to be kept. It is sent and stands in no address. The reading is recorded' })
  find(@Ask() asking: Asking, @Body({ schema: calledBody }) { reference }: z.infer<typeof calledBody>): Promise<{ items: Review<RetentionBasis>[] }> {
    return this.due.called(asking, reference);
  }

  @Get('requests/:id/retention')
  @Needs('dols_request.review_retention')
  @ApiOperation({ summary: 'One request in codes: until when it is kept and why, whether it is held, who holds it since when and why, who said that it may go. The reading is recorded' })
  one(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<WholeReview<RetentionBasis>> {
    return this.due.one(asking, recordId);
  }

  @Post('requests/:id/legal-hold')
  @Needs('dols_request.hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep a request whatever its retention says, with a reason, or lift that' })
  hold(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: legalHoldBody }) body: z.infer<typeof legalHoldBody>): Promise<KeptOrNot> {
    return this.commands.change(asking, recordId, (making) => aboutLegalHold(body, making), keptOrNot);
  }

  @Post('requests/:id/disposal/:step')
  @Needs('dols_request.dispose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline (with a reason) that a request is disposed of: whatever was said in words goes for good' })
  dispose(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: disposalStep }) step: DisposalStep,
    @Body({ schema: disposalBody }) { reason }: z.infer<typeof disposalBody>,
  ): Promise<KeptOrNot> {
    return this.commands.change(asking, recordId, (making) => aboutDisposal(step, reason, { making, known: { rules: this.rules } }), keptOrNot);
  }
}
