import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type FormError, messagesByField, NotAllowed, type Render, show, StepUpNeeded } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { errorsOf, read, text } from '../concerns/acts/act.js';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { isSentBefore, sentBefore } from '../sent-before.js';
import { type Away, isAway, unlessAway } from '../unless-away.js';
import { kindsTo, Restricted } from './restricted.js';
import { requestPage, restrictedPage } from './restricted-page.js';

const typed = z.object({ reference: text, reason: text });
const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });
const longest = { reference: 100, reason: 20_000 };

/** Concerns and DoLS requests that are open to some of the staff alone. */
@Controller('restricted')
export class RestrictedController {
  constructor(
    private readonly restricted: Restricted,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async list(@Res() reply: FastifyReply) {
    if (kindsTo('read').length === 0 && kindsTo('list').length === 0) throw new NotAllowed('Restricted records are for those to whom they are open.');
    const [mine, broken, kept, called] = await Promise.all([this.restricted.mine(), this.restricted.broken(), this.restricted.kept(), this.colleagues.called()]);
    return show(reply, this.render('restricted.njk', restrictedPage(mine, { broken, kept }, called)));
  }

  @Get('requests/:id')
  async request(@Param('id', { schema: z.uuid() }) id: string, @Res() reply: FastifyReply) {
    const [request, called] = await Promise.all([this.restricted.request(id), this.colleagues.called()]);
    return show(reply, this.render('restricted-request.njk', requestPage(request, called)));
  }

  @Get('open')
  form(@Res() reply: FastifyReply) {
    if (kindsTo('break').length === 0) throw new NotAllowed('Your role does not open restricted records.');
    return this.page(reply, { reference: '', reason: '', key: randomUUID() });
  }

  @Post('open')
  async open(@Body() body: unknown, @Res() reply: FastifyReply) {
    if (kindsTo('break').length === 0) throw new NotAllowed('Your role does not open restricted records.');
    const said = { ...read(typed, body), ...read(hidden, body) };
    const { reference, reason, key } = said;
    const errors = errorsOf([
      (reference === '' || reference.length > longest.reference) && { text: `Type the whole reference, such as ${example()}`, href: '#reference' },
      (reason === '' || reason.length > longest.reason) && { text: 'Say why you have to see it', href: '#reason' },
    ]);
    if (errors.length > 0) return this.page(reply, { ...said, errors, status: 400 });
    const tried = await this.restricted.open(reference, reason, key).catch(orAgain).catch(unlessAway);
    if (tried === 'again') return this.page(reply, { ...said, isAgain: true, status: 401 });
    if (isAway(tried)) return this.page(reply, { ...said, away: tried, status: 503 });
    const { kind, answer } = tried;
    if (isSentBefore(answer)) return this.page(reply, { ...said, ...sentBefore() });
    if (answer.status !== 200) return this.page(reply, { ...said, key: randomUUID(), errors: [{ text: `No ${nouns()} of your council has this reference. That you tried is recorded`, href: '#reference' }], status: answer.status });
    const id = this.restricted.openedIn(answer);
    return reply.redirect(kind.called === 'concern' ? paths.concern(id) : paths.restrictedRequest(id), 303);
  }

  private page(reply: FastifyReply, { errors = [], status, ...shown }: Showing) {
    const head = { title: `Open a restricted ${nouns()}`, hint: `Such as ${example()}`, here: paths.restricted(), backHref: paths.restricted(), action: paths.breakGlass(), againHref: paths.signInAgain(paths.breakGlass()), csrf: reply.generateCsrf() };
    return show(reply, this.render('break-glass.njk', { ...head, errors, messages: messagesByField(errors), ...shown }), status);
  }
}

/** What they may open, in words, and what its references look like. */
const nouns = (): string => kindsTo('break').map(({ noun }) => noun).join(' or ');
const example = (): string => kindsTo('break').map(({ begins }) => `${begins}0123-ABCD`).join(' or ');

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
