import { setTimeout as pause } from 'node:timers/promises';
import { Body, Controller, HttpCode, Logger, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RuleViolation } from '#libs/decider';
import { Ask, type Asking, Needs } from '#libs/platform';
import { Post as Carrier } from '../../application/post.js';
import { FollowByCode } from '../follow-by-code.js';
import type { Followed } from './followed.js';

const reference = z.string().trim().min(1).max(100);
const askBody = z.strictObject({ reference });
const beginBody = z.strictObject({ reference, code: z.string().trim().min(1).max(20) });
const followingBody = z.strictObject({ following: z.string().min(1).max(200) });

/** An answer takes at least as long as one that had something to look up. */
const leastMs = 150;

/** Whoever raised a concern without an account follows it by its reference and a code. Every answer is the same, whether there is such a concern or not. */
@ApiTags('following')
@Needs('concern.follow_by_code')
@Controller('concerns/follow')
export class FollowingController {
  private readonly logger = new Logger('following');

  constructor(
    private readonly following: FollowByCode,
    private readonly carrier: Carrier,
  ) {}

  @Post('code')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have a code sent to the contact that was given with a concern. The answer says nothing of whether there is one' })
  ask(@Ask() asking: Asking, @Body({ schema: askBody }) body: z.infer<typeof askBody>): { sentBy: Carrier['by'] } {
    // Answered before anything is looked up, so that the answer takes as long whatever there is.
    setImmediate(() => void this.following.ask(asking, referenceIn(body.reference)).catch((error: unknown) => this.logger.warn({ kind: 'no code was sent', name: (error as Error).name })));
    return { sentBy: this.carrier.by };
  }

  @Post('begin')
  @HttpCode(200)
  @ApiOperation({ summary: 'Follow a concern by the code that was sent; the code is used up by it' })
  async begin(@Ask() asking: Asking, @Body({ schema: beginBody }) body: z.infer<typeof beginBody>): Promise<{ following: string }> {
    const [following] = await Promise.all([this.following.begin(asking, referenceIn(body.reference), body.code.replaceAll(/\D/g, '')), pause(leastMs)]);
    if (!following) throw new RuleViolation('concern/code-refused', 'This code opens nothing. It may have been used, or its time may be over.');
    return { following };
  }

  @Post('look')
  @HttpCode(200)
  @ApiOperation({ summary: 'How a concern goes on that one follows by a code. The reading is recorded' })
  look(@Ask() asking: Asking, @Body({ schema: followingBody }) { following }: z.infer<typeof followingBody>): Promise<Followed> {
    return this.following.look(asking, following);
  }

  @Post('end')
  @HttpCode(200)
  @ApiOperation({ summary: 'Follow it no more' })
  async end(@Ask() asking: Asking, @Body({ schema: followingBody }) { following }: z.infer<typeof followingBody>): Promise<object> {
    await this.following.end(asking, following);
    return {};
  }
}

/** As it was given, however it is spaced, and whatever was taken for a digit. */
function referenceIn(typed: string): string {
  const [, letters, rest] = /^(SC)([0-9A-Z]{8})$/.exec(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')) ?? [];
  if (!letters || !rest) return typed;
  const digits = rest.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return `${letters}-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
