import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, Needs } from '#libs/platform';
import { DANGER_SAID, MISSING_ITEMS } from '../../domain/codes.js';
import { type Taken, TellingMore } from '../telling-more.js';
import { words } from './bodies.js';

const id = z.uuid();
const moreBody = z.strictObject({ what: z.array(z.enum(MISSING_ITEMS)).max(20).default([]), words: words.default(''), inDanger: z.enum(DANGER_SAID).optional() });
const followedMoreBody = moreBody.extend({ following: z.string().min(1).max(200) });

/** What whoever raised a concern writes of it besides. */
@ApiTags('following')
@Controller('concerns')
export class TellingMoreController {
  constructor(private readonly telling: TellingMore) {}

  @Post('follow/more')
  @Needs('concern.follow_by_code')
  @ApiOperation({ summary: 'Answer what was asked of a concern that one follows by a code, or write what else one knows, as `POST /concerns/{id}/more` takes it' })
  whenFollowing(@Ask() asking: Asking, @Body({ schema: followedMoreBody }) { following, ...more }: z.infer<typeof followedMoreBody>): Promise<Taken> {
    return this.telling.tell(asking, { following }, more);
  }

  @Post(':id/more')
  @Needs('concern.tell_more')
  @ApiOperation({ summary: 'Answer what was asked of a concern that one raised oneself (`what`: the items that it answers), or write what else one knows, also after it is decided. `inDanger`: yes makes it one in danger now, also without words; no counts where nobody knew, and takes nothing back; `immediate_risk` is answered by it alone. Without If-Match, since it overwrites nothing' })
  ofOwn(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: moreBody }) more: z.infer<typeof moreBody>): Promise<Taken> {
    return this.telling.tell(asking, { recordId }, more);
  }
}
