import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type FormError, messagesByField, NotAllowed, type Render, show, StepUpNeeded } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { errorsOf, read, text } from '../concerns/acts/act.js';
import { may } from '../may.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { isSentBefore, sentBefore } from '../sent-before.js';
import { type Away, isAway, unlessAway } from '../unless-away.js';
import { Restricted } from './restricted.js';
import { restrictedPage } from './restricted-page.js';

const typed = z.object({ concern: text, reason: text });
const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });
const longest = { concern: 100, reason: 20_000 };

/** Concerns that are open to some of the staff alone. */
@Controller('restricted')
export class RestrictedController {
  constructor(
    private readonly restricted: Restricted,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply) {
    if (!may('concern.read_case') && !may('concern.list_glass')) throw new NotAllowed('Restricted concerns are for those to whom they are open.');
    const [mine, broken, called] = await Promise.all([this.restricted.mine(), this.restricted.broken(), this.colleagues.called()]);
    return show(reply, this.render('restricted.njk', restrictedPage(mine, broken, called)));
  }

  @Get('open')
  form(@Res() reply: FastifyReply) {
    if (!may('concern.break_glass')) throw new NotAllowed('Your role does not open restricted concerns.');
    return this.page(reply, { concern: '', reason: '', key: randomUUID() });
  }

  @Post('open')
  async open(@Body() body: unknown, @Res() reply: FastifyReply) {
    const said = { ...read(typed, body), ...read(hidden, body) };
    const { concern, reason, key } = said;
    const errors = errorsOf([
      (concern === '' || concern.length > longest.concern) && { text: 'Type the whole reference, such as SC-0123-ABCD', href: '#concern' },
      (reason === '' || reason.length > longest.reason) && { text: 'Say why you have to see it', href: '#reason' },
    ]);
    if (errors.length > 0) return this.page(reply, { ...said, errors, status: 400 });
    const answer = await this.restricted.open(concern, reason, key).catch(orAgain).catch(unlessAway);
    if (answer === 'again') return this.page(reply, { ...said, isAgain: true, status: 401 });
    if (isAway(answer)) return this.page(reply, { ...said, away: answer, status: 503 });
    if (isSentBefore(answer)) return this.page(reply, { ...said, ...sentBefore() });
    if (answer.status === 200) return reply.redirect(paths.concern(this.restricted.openedIn(answer)), 303);
    return this.page(reply, { ...said, key: randomUUID(), errors: [{ text: 'No concern of your council has this reference. That you tried is recorded', href: '#concern' }], status: answer.status });
  }

  private page(reply: FastifyReply, { errors = [], status, ...shown }: Showing) {
    const head = { title: 'Open a restricted concern', here: paths.restricted(), backHref: paths.restricted(), action: paths.breakGlass(), againHref: paths.signInAgain(paths.breakGlass()), csrf: reply.generateCsrf() };
    return show(reply, this.render('break-glass.njk', { ...head, errors, messages: messagesByField(errors), ...shown }), status);
  }
}

interface Showing extends z.infer<typeof typed> {
  key: string;
  errors?: FormError[];
  /** They have to show again that it is them. */
  isAgain?: boolean;
  away?: Away;
  isSentBefore?: true;
  status?: number;
}

function orAgain(error: unknown): 'again' {
  if (error instanceof StepUpNeeded) return 'again';
  throw error;
}
