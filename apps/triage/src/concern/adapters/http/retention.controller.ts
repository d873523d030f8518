import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, type DuePage, type Making, Needs, RETENTION_RULES } from '#libs/platform';
import type { ConcernCommand } from '../../domain/concern.js';
import type { RetentionBasis, RetentionRule } from '../../domain/retention-rules.js';
import { DueConcerns } from '../persistence/due-concerns.js';
import { legalHoldBody, reasonBody } from './bodies.js';
import { ConcernCommands } from './concern-commands.js';
import { type ConcernView, viewOf } from './view.js';

const id = z.uuid();
const question = z.strictObject({ after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });

/** What is kept how long, and what goes: nothing by itself, and nothing but by two people. */
@ApiTags('retention')
@Controller()
export class RetentionController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly due: DueConcerns,
    @Inject(RETENTION_RULES) private readonly rules: readonly RetentionRule[],
  ) {}

  @Get('retention/rules')
  @Needs('concern.review_retention')
  @ApiOperation({ summary: 'The rules by which concerns are kept, each with its source and the day from which it holds' })
  kept(): { rules: readonly RetentionRule[] } {
    return { rules: this.rules };
  }

  @Get('retention/due')
  @Needs('concern.review_retention')
  @ApiOperation({ summary: 'Concerns whose retention has ended, for a person to look at; those under a legal hold among them. The reading is recorded' })
  list(@Ask() asking: Asking, @Query({ schema: question }) asked: z.infer<typeof question>): Promise<DuePage<RetentionBasis>> {
    return this.due.page(asking, asked);
  }

  @Post('concerns/:id/legal-hold')
  @Needs('concern.hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep a concern whatever its retention says, with a reason, or lift that' })
  hold(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Body({ schema: legalHoldBody }) { held, reason }: z.infer<typeof legalHoldBody>,
  ): Promise<ConcernView> {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: held ? 'PlaceLegalHold' : 'LiftLegalHold', at: now, by, reason: words.keep(reason) }));
  }

  @Post('concerns/:id/disposal/:step')
  @Needs('concern.dispose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline (with a reason) that a concern is disposed of: whatever was said in words goes for good' })
  dispose(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: z.enum(['propose', 'confirm', 'decline']) }) step: 'propose' | 'confirm' | 'decline',
    @Body({ schema: reasonBody }) body: { reason: string },
  ): Promise<ConcernView> {
    return this.change(asking, recordId, ({ words, now, by }) => {
      if (step === 'decline') return { type: 'DeclineDisposal', at: now, by, reason: words.keep(body.reason) };
      if (step === 'confirm') return { type: 'ConfirmDisposal', at: now, by, rules: this.rules };
      return { type: 'ProposeDisposal', at: now, by, rules: this.rules };
    });
  }

  private change(asking: Asking, recordId: string, make: (making: Making) => ConcernCommand): Promise<ConcernView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}
