import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Render, show } from '#libs/pages';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';

/** A concern was not opened: whoever asked for it could decide it again, blind, and no more once they have read it. */
export class SecondLookWanted extends Error {
  override readonly name = 'SecondLookWanted';

  constructor(readonly concernId: string) {
    super('a second look is wanted');
  }
}

/** Asks them first. */
@Injectable()
@Catch(SecondLookWanted)
export class AskForSecondLook implements ExceptionFilter<SecondLookWanted> {
  constructor(@Inject(RENDER) private readonly render: Render) {}

  catch({ concernId }: SecondLookWanted, host: ArgumentsHost): unknown {
    const page = { title: 'A second look is wanted here', here: paths.queues(), giveHref: paths.secondLook(concernId), openHref: paths.concernWithoutLook(concernId) };
    return show(host.switchToHttp().getResponse<FastifyReply>(), this.render('second-look-wanted.njk', page));
  }
}
