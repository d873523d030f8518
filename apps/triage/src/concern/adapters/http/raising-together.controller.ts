import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Ask, type Asking, CountsItems, invalid, Needs, toldProblem } from '#libs/platform';
import { raiseBody, raiseTogetherBody, type RaiseTogetherBody } from './bodies.js';
import { Raising } from './raising.js';

/** What became of one of several concerns, by the key under which it came. */
type Raised = { key: string; taken: true; status: 201; id: string; reference: string } | { key: string; taken: false; status: number; detail: string; [more: string]: unknown };

/** Several concerns of a partner's system in one request. */
@ApiTags('concerns')
@Controller('concerns/batch')
export class RaisingTogetherController {
  constructor(private readonly raising: Raising) {}

  @Post()
  @Needs('concern.raise')
  @CountsItems()
  @HttpCode(200)
  @ApiOperation({ summary: 'Raise several concerns, each under its own key as if it came alone with that as its Idempotency-Key. One that is refused stops none of the others; each counts as a request' })
  async raise(@Ask() asking: Asking, @Body({ schema: raiseTogetherBody }) { items }: RaiseTogetherBody): Promise<{ items: Raised[] }> {
    return { items: await Promise.all(items.map((item) => this.raised(asking, item))) };
  }

  /** They come at the same time, so they share transactions; each is taken or refused by itself. */
  private async raised(asking: Asking, { key, concern }: RaiseTogetherBody['items'][number]): Promise<Raised> {
    try {
      const read = raiseBody.safeParse(concern);
      if (!read.success) throw invalid(read.error.issues);
      const { id, reference } = await this.raising.raise({ ...asking, idempotency: { client: asking.staff.id, key, request: asLone(concern) } }, read.data);
      return { key, taken: true, status: 201, id, reference };
    } catch (error) {
      const { type: _type, title: _title, ...problem } = toldProblem(error);
      return { key, taken: false, ...problem };
    }
  }
}

/** The request that this concern would be alone, so that a key means one concern however it comes. */
const asLone = (body: unknown) => ({ method: 'POST', path: '/concerns', body, seen: null });
