import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, disposalBody, disposalStep, type DisposalStep, type DuePage, dueQuestion, type DueQuestion, type HeldPage, type KeptOrNot, legalHoldBody, Needs, RETENTION_RULES, type WholeReview } from '#libs/platform';
import { DisposingOfPeople } from '../../application/disposing.js';
import { type Named, ReadingPeople } from '../../application/reading-people.js';
import type { RetentionBasis, RetentionRule } from '../../domain/retention-rules.js';
import { DuePeople } from '../persistence/due-people.js';

const id = z.uuid();

/** A review, with who it is about: they are named to whoever opens it, and in no list. */
export type PersonReview = WholeReview<RetentionBasis> & { name: Pick<Named, 'givenName' | 'familyName'> | null };

/** Who somebody is is kept as long as a record needs them; then it goes by two people, and not by itself. */
@ApiTags('retention')
@Controller()
export class RetentionController {
  constructor(
    private readonly disposing: DisposingOfPeople,
    private readonly due: DuePeople,
    private readonly reading: ReadingPeople,
    @Inject(RETENTION_RULES) private readonly rules: readonly RetentionRule[],
  ) {}

  @Get('retention/rules')
  @Needs('person.review_retention')
  @ApiOperation({ summary: 'The rules by which it is kept who people are, each with its source and the day from which it holds' })
  kept(): { rules: readonly RetentionRule[] } {
    return { rules: this.rules };
  }

  @Get('retention/due')
  @Needs('person.review_retention')
  @ApiOperation({ summary: 'People whom no record needs any more, for a person to look at; nobody is named. Those under a legal hold are among them. The reading is recorded' })
  list(@Ask() asking: Asking, @Query({ schema: dueQuestion }) asked: DueQuestion): Promise<DuePage<RetentionBasis>> {
    return this.due.page(asking, asked);
  }

  @Get('retention/held')
  @Needs('person.review_retention')
  @ApiOperation({ summary: 'People under a legal hold, due or not, with who holds them since when; why, is told with one alone. The reading is recorded' })
  held(@Ask() asking: Asking, @Query({ schema: dueQuestion }) asked: DueQuestion): Promise<HeldPage> {
    return this.due.underHold(asking, asked);
  }

  @Get('people/:id/retention')
  @Needs('person.review_retention')
  @ApiOperation({ summary: 'One person by name: whether a record still needs them, until when they are kept and why, who holds them, who said that they may go. The reading is recorded' })
  async one(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string): Promise<PersonReview> {
    const review = await this.due.one(asking, personId);
    const [named] = await this.reading.names(asking, [personId], asking.why ?? 'how long they are kept');
    return { ...review, name: named ? { givenName: named.givenName, familyName: named.familyName } : null };
  }

  @Post('people/:id/legal-hold')
  @Needs('person.hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep who somebody is whatever their retention says, with a reason, or lift that' })
  async hold(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string, @Body({ schema: legalHoldBody }) body: z.infer<typeof legalHoldBody>): Promise<KeptOrNot> {
    await this.due.admit(asking, personId);
    return this.disposing.hold(asking, personId, body);
  }

  @Post('people/:id/disposal/:step')
  @Needs('person.dispose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline (with a reason) that who somebody is is disposed of, with whoever was joined into them: names, numbers and addresses go for good' })
  async dispose(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) personId: string,
    @Param('step', { schema: disposalStep }) step: DisposalStep,
    @Body({ schema: disposalBody }) { reason }: z.infer<typeof disposalBody>,
  ): Promise<KeptOrNot> {
    await this.due.admit(asking, personId);
    return this.disposing.dispose(asking, personId, { step, reason });
  }
}
