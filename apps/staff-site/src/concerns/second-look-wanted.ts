import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show, timeInWords } from '#libs/pages';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { dangerToldSince } from './words.js';
import type { DangerSince } from './shapes.js';

/** A concern was not opened: whoever asked for it could decide it again, blind, and no more once they have read it. */
export class SecondLookWanted extends Error {
  override readonly name = 'SecondLookWanted';

  constructor(
    readonly concernId: string,
    readonly danger: DangerSince | undefined,
  ) {
    super('a second look is wanted');
  }
}

/** Asks them first. */
@Injectable()
@Catch(SecondLookWanted)
export class AskForSecondLook implements ExceptionFilter<SecondLookWanted> {
  constructor(@Inject(RENDER) private readonly render: Render) {}

  catch({ concernId, danger }: SecondLookWanted, host: ArgumentsHost): unknown {
    const page = { title: danger ? 'Danger was told since this was decided' : 'A second look is wanted here', here: paths.queues(), danger: danger && dangerOf(danger), giveHref: paths.secondLook(concernId), openHref: paths.concernWithoutLook(concernId) };
    return show(host.switchToHttp().getResponse<FastifyReply>(), this.render('second-look-wanted.njk', page));
  }
}

const dangerOf = ({ at, words, mayTell }: DangerSince) => ({ says: dangerToldSince(at), words: words.flatMap((one) => (one.words ? [{ when: timeInWords(one.at), text: one.words }] : [])), mayTell });
