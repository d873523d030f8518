import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { awayPage, type FormError, type Render, ServiceUnavailable, show, visitor } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { refusal } from '../concerns/shapes.js';
import { NOW, RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';
import { isSentBefore } from '../sent-before.js';
import { isAway, unlessAway } from '../unless-away.js';
import { DangerTold } from './danger-told.js';
import { givenIn, givenText } from './given-told.js';
import { givenInWords, givenShape, givingForm, missingIn, payloadOf, refusedIn, type Typed, typedIn } from './giving.js';
import { liveScript } from './live.js';
import { viewChange } from './own-views.js';
import { queryOf } from './queue-page.js';
import { Queues } from './queues.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });
const seen = z.object({ state: z.string().max(50).catch('') });
const sentEarlier = { text: 'Look who has them below before you give any', href: '#concerns' };
const blank: Typed = { ticked: [], to: '' };

/** The concerns that wait for a decision, and several of them given to somebody at once. */
@Controller('queues/triage')
export class TriageQueueController {
  constructor(
    private readonly queues: Queues,
    private readonly services: Services,
    private readonly dangerTold: DangerTold,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
    @Inject(NOW) private readonly now: () => number,
  ) {}

  @Get()
  async queue(@Query() query: unknown, @Res() reply: FastifyReply) {
    return this.page(reply, query, { typed: blank, done: await this.doneIn(reply, query) });
  }

  /** For a page that is open: the queue as it is now, or nothing where it is as that page has it. */
  @Get('now')
  async live(@Query() query: unknown, @Res() reply: FastifyReply) {
    const { state } = seen.parse(query);
    if (await this.queues.isStill(state, query)) return reply.status(204).send();
    return this.page(reply, query, { typed: blank, isOpen: true });
  }

  /** Saves what is chosen as a view of one's own, or forgets it. */
  @Post('views/:act')
  async changeViews(@Param() params: object, @Query() query: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { success, data } = viewChange.safeParse({ ...params, name: 'triage' });
    if (!success) throw new NotFoundException();
    const changed = await this.queues.changeViews(data, query, hidden.parse(body).key);
    return 'to' in changed ? reply.redirect(changed.to, 303) : this.page(reply, query, { typed: blank, ...changed });
  }

  @Post('give')
  async give(@Query() query: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const typed = typedIn(body);
    const errors = missingIn(typed);
    if (errors.length > 0) return this.page(reply, query, { typed, errors, status: 400 });
    const { key } = hidden.parse(body);
    const done = await this.given({ typed, query, key }).catch(unlessAway);
    // The queue is away with its service: what was ticked is kept on a page of its own.
    if (isAway(done)) return show(reply, this.render('away.njk', awayPage(request, reply, { isUnsent: done === 'unsent' })), 503);
    if ('told' in done) return reply.redirect(paths.queue('triage', { ...queryOf(this.queues.triageChoice(query)), given: reply.signCookie(done.told) }), 303);
    return this.shown(reply, done.found, done.showing);
  }

  /** Gives them: what to say of it in the address that follows or, where one was refused, the queue as it is by then. */
  private async given({ typed, query, key }: { typed: Typed; query: unknown; key: string }): Promise<{ told: string } | { found: Found; showing: Showing }> {
    const answer = await this.services.triage.post('/concerns/assign', payloadOf(typed), { 'idempotency-key': key });
    const { success, data } = givenShape.safeParse(answer.body);
    if (isSentBefore(answer)) return { found: await this.queues.triage(query), showing: { typed: blank, errors: [sentEarlier], errorTitle: 'You sent this form before, and that was recorded', status: 422 } };
    if (answer.status >= 400) return { found: await this.queues.triage(query), showing: { typed, errors: [{ text: refusal.parse(answer.body ?? {}).detail, href: '#concerns' }], status: answer.status } };
    if (!success) throw new ServiceUnavailable('triage');
    const given = data.items.filter(({ taken }) => taken);
    const told = { kind: 'given' as const, number: given.length, to: typed.to, by: visitor()?.id ?? '' };
    if (given.length === data.items.length) return { told: givenText(told, this.now()) };
    const [found, called] = await Promise.all([this.queues.triage(query), this.colleagues.called()]);
    const refused = refusedIn(typed, data.items, { called, shown: new Set(found.items.map(({ id }) => id)) });
    const left = { ...typed, ticked: typed.ticked.filter(({ id }) => !given.some((one) => one.id === id)) };
    const done = given.length > 0 ? givenInWords(given.length, typed.to, called) : undefined;
    return { found, showing: { typed: left, errors: refused, done, status: 409 } };
  }

  private async page(reply: FastifyReply, query: unknown, showing: Showing) {
    return this.shown(reply, await this.queues.triage(query, showing), showing);
  }

  private async shown(reply: FastifyReply, { page, items, choice, counts }: Found, { typed, errors = [], errorTitle, done, status }: Showing) {
    const csrf = reply.generateCsrf();
    const form = { action: paths.giveConcerns(queryOf(choice)), typed, errors, key: randomUUID(), csrf };
    const give = givingForm(items, await this.colleagues.all(), form);
    const live = { script: liveScript.path, href: paths.liveConcerns(queryOf(choice)), state: page.state };
    return show(reply, this.render('queue.njk', { ...page, give, dangerTold: counts?.dangerTold ? await this.dangerTold.since(choice.authority) : undefined, errors, errorTitle, done, live, ownForm: { key: randomUUID(), csrf } }), status);
  }

  /** What was given just now, where this site says so itself. */
  private async doneIn(reply: FastifyReply, query: unknown): Promise<string | undefined> {
    const { given } = z.object({ given: z.string().catch('') }).parse(query);
    const { valid, value } = reply.unsignCookie(given);
    const told = valid && value ? givenIn(value, 'given', { by: visitor()?.id, now: this.now() }) : undefined;
    return told && givenInWords(told.number, told.to, await this.colleagues.called());
  }
}

type Found = Awaited<ReturnType<Queues['triage']>>;

interface Showing {
  typed: Typed;
  errors?: FormError[];
  errorTitle?: string;
  done?: string | undefined;
  status?: number;
  /** For a page that is open and has its views. */
  isOpen?: boolean;
}
