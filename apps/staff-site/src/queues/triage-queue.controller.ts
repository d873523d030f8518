import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type FormError, type Render, ServiceUnavailable, show } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { refusal } from '../concerns/shapes.js';
import { RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';
import { givenInWords, givenShape, givingForm, missingIn, payloadOf, refusedIn, type Typed, typedIn } from './giving.js';
import { queryOf } from './queue-page.js';
import { Queues } from './queues.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()) });
const blank: Typed = { ticked: [], to: '' };

/** The concerns that wait for a decision, and several of them given to somebody at once. */
@Controller('queues/triage')
export class TriageQueueController {
  constructor(
    private readonly queues: Queues,
    private readonly services: Services,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async queue(@Query() query: unknown, @Res() reply: FastifyReply) {
    return this.page(reply, query, { typed: blank, done: await this.doneIn(reply, query) });
  }

  @Post('give')
  async give(@Query() query: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const typed = typedIn(body);
    const errors = missingIn(typed);
    if (errors.length > 0) return this.page(reply, query, { typed, errors, status: 400 });
    const { key } = hidden.parse(body);
    const answer = await this.services.triage.post('/concerns/assign', payloadOf(typed), { 'idempotency-key': key });
    const { success, data } = givenShape.safeParse(answer.body);
    if (answer.status >= 400) return this.page(reply, query, { typed, errors: [{ text: refusal.parse(answer.body ?? {}).detail, href: '#concerns' }], status: answer.status });
    if (!success) throw new ServiceUnavailable('triage');
    const given = data.items.filter(({ taken }) => taken);
    const { choice, page, items } = await this.queues.triage(query);
    // The address says what happened in words of this site's own: nobody else can make one that is believed.
    if (given.length === data.items.length) return reply.redirect(paths.queue('triage', { ...queryOf(choice), given: reply.signCookie(`${given.length} ${typed.to}`) }), 303);
    const called = await this.colleagues.called();
    const refused = refusedIn(typed, data.items, { called, shown: new Set(items.map(({ id }) => id)) });
    const left = { ...typed, ticked: typed.ticked.filter(({ id }) => !given.some((one) => one.id === id)) };
    const done = given.length > 0 ? givenInWords(given.length, typed.to, called) : undefined;
    return this.shown(reply, { page, items, choice }, { typed: left, errors: refused, done, status: 409 });
  }

  private async page(reply: FastifyReply, query: unknown, showing: Showing) {
    return this.shown(reply, await this.queues.triage(query), showing);
  }

  private async shown(reply: FastifyReply, { page, items, choice }: Awaited<ReturnType<Queues['triage']>>, { typed, errors = [], done, status }: Showing) {
    const form = { action: paths.giveConcerns(queryOf(choice)), typed, errors, key: randomUUID(), csrf: reply.generateCsrf() };
    const give = givingForm(items, await this.colleagues.all(), form);
    return show(reply, this.render('queue.njk', { ...page, give, errors, done }), status);
  }

  /** What was given just now, where this site says so itself. */
  private async doneIn(reply: FastifyReply, query: unknown): Promise<string | undefined> {
    const { given } = z.object({ given: z.string().catch('') }).parse(query);
    const { valid, value } = reply.unsignCookie(given);
    const [, number, to] = /^(\d+) (.+)$/.exec(value ?? '') ?? [];
    return valid && number && to ? givenInWords(Number(number), to, await this.colleagues.called()) : undefined;
  }
}

interface Showing {
  typed: Typed;
  errors?: FormError[];
  done?: string | undefined;
  status?: number;
}
