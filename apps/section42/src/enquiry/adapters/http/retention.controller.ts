import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Standing } from '#libs/journal';
import { aboutDisposal, aboutLegalHold, Ask, type Asking, calledBody, Database, disposalBody, disposalStep, type DisposalStep, type DuePage, dueQuestion, type DueQuestion, type HeldPage, type KeptOrNot, legalHoldBody, Needs, RETENTION_RULES, type Review, sightOf, type WholeReview } from '#libs/platform';
import type { HeldWith } from '#libs/retention';
import { heldAmong, HeldConcerns } from '../../application/held-concerns.js';
import type { Enquiry } from '../../domain/enquiry.js';
import type { RetentionBasis, RetentionRule } from '../../domain/retention-rules.js';
import { DueEnquiries } from '../persistence/due-enquiries.js';
import { EnquiryCommands } from './enquiries.controller.js';

const id = z.uuid();

const keptOrNot = ({ recordId, sequence, state }: Standing<Enquiry>): KeptOrNot => ({ id: recordId, sequence, status: state.status, onHold: state.status !== 'absent' && state.story.legalHold !== null });

/** What is kept how long, and what goes: nothing by itself, and nothing but by two people. */
@ApiTags('retention')
@Controller()
export class RetentionController {
  constructor(
    private readonly commands: EnquiryCommands,
    private readonly due: DueEnquiries,
    private readonly concerns: HeldConcerns,
    private readonly database: Database,
    @Inject(RETENTION_RULES) private readonly rules: readonly RetentionRule[],
  ) {}

  @Get('retention/rules')
  @Needs('enquiry.review_retention')
  @ApiOperation({ summary: 'The rules by which enquiries are kept, each with its source and the day from which it holds' })
  kept(): { rules: readonly RetentionRule[] } {
    return { rules: this.rules };
  }

  @Get('retention/due')
  @Needs('enquiry.review_retention')
  @ApiOperation({ summary: 'Enquiries whose retention has ended, for a person to look at; those under a legal hold among them. The reading is recorded' })
  list(@Ask() asking: Asking, @Query({ schema: dueQuestion }) asked: DueQuestion): Promise<DuePage<RetentionBasis>> {
    return this.due.page(asking, asked);
  }

  @Get('retention/held')
  @Needs('enquiry.review_retention')
  @ApiOperation({ summary: 'Enquiries under a legal hold, due or not, with who holds them since when; why, is told with one alone. The reading is recorded' })
  held(@Ask() asking: Asking, @Query({ schema: dueQuestion }) asked: DueQuestion): Promise<HeldPage> {
    return this.due.underHold(asking, asked);
  }

  @Post('retention/find')
  @Needs('enquiry.review_retention')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enquiries by their reference, due or not, for whoever needs one to be kept. It is sent and stands in no address. The reading is recorded' })
  find(@Ask() asking: Asking, @Body({ schema: calledBody }) { reference }: z.infer<typeof calledBody>): Promise<{ items: Review<RetentionBasis>[] }> {
    return this.due.called(asking, reference);
  }

  @Get('enquiries/:id/retention')
  @Needs('enquiry.review_retention')
  @ApiOperation({ summary: 'One enquiry in codes: until when it is kept and why, whether it is held, who holds it since when and why, who said that it may go. The reading is recorded' })
  one(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<WholeReview<RetentionBasis>> {
    return this.due.one(asking, recordId);
  }

  @Post('enquiries/:id/legal-hold')
  @Needs('enquiry.hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep an enquiry whatever its retention says, with a reason, or lift that' })
  hold(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: legalHoldBody }) body: z.infer<typeof legalHoldBody>): Promise<KeptOrNot> {
    return this.commands.change(asking, recordId, (making) => aboutLegalHold(body, making), keptOrNot);
  }

  @Post('enquiries/:id/disposal/:step')
  @Needs('enquiry.dispose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline (with a reason) that an enquiry is disposed of: whatever was said in words goes for good' })
  async dispose(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: disposalStep }) step: DisposalStep,
    @Body({ schema: disposalBody }) { reason }: z.infer<typeof disposalBody>,
  ): Promise<KeptOrNot> {
    const concernHeld = step === 'decline' ? 'not_known' : await this.concernHeld(asking, recordId);
    return this.commands.change(asking, recordId, (making) => aboutDisposal(step, reason, { making, known: { rules: this.rules, concernHeld } }), keptOrNot);
  }

  /** Asked of another service, before the transaction that takes the step. */
  private async concernHeld(asking: Asking, recordId: string): Promise<HeldWith> {
    const [enquiry]: { concern: string }[] = await this.database.seeing(sightOf(asking)).query('select concern_id as concern from enquiry where id = $1', [recordId]);
    return enquiry ? heldAmong(await this.concerns.among([enquiry.concern]), enquiry.concern) : 'not_known';
  }
}
