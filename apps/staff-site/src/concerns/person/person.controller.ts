import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { because, type Render, ServiceUnavailable, show } from '#libs/pages';
import { RENDER, Services } from '../../outside.js';
import { paths } from '../../paths.js';
import { unlessAway } from '../../unless-away.js';
import { read } from '../acts/act.js';
import { Concerns } from '../concerns.js';
import { type ConcernCase, type PersonSeen, refusal } from '../shapes.js';
import { comeWith, errorsIn, identityOf, personPage, shape, shownIn, type Typed, typedOf } from './person-page.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });

/** Who the person of a concern is, put right in `people`. Nobody stands in an address. */
@Controller('concerns/:id/person')
export class PersonController {
  constructor(
    private readonly concerns: Concerns,
    private readonly services: Services,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async look(@Param('id') id: string, @Res() reply: FastifyReply) {
    const found = await this.found(id);
    const typed = typedOf(found.person);
    return this.page(reply, found, { typed, before: typed, key: randomUUID() });
  }

  @Post()
  async correct(@Param('id') id: string, @Body() body: unknown, @Res() reply: FastifyReply) {
    const [typed, { key, seen }, found] = [read(shape, body), read(hidden, body), await this.found(id)];
    const before = shownIn(body, typedOf(found.person));
    const errors = errorsIn(typed, before);
    if (errors.length > 0) return this.page(reply, found, { typed, before, key, seen, errors, status: 400 });
    const people = this.services.people.as(because('working on the concern'));
    const payload = { identity: identityOf(typed, before), reason: typed.reason };
    const answer = await people.post(`/people/${found.person.id}/correct`, payload, { 'if-match': `"${seen}"`, 'idempotency-key': key }).catch(unlessAway);
    if (answer === 'away') return this.page(reply, found, { typed, before, key, seen, isAway: true, status: 503 });
    if (answer.status < 300) return this.done(reply, found.concern, comeWith(typed, before, found.concern));
    const { detail, changes, sequence } = refusal.parse(answer.body ?? {});
    const again = { typed, before, key: randomUUID(), status: answer.status };
    if (answer.status === 412) return this.page(reply, found, { ...again, seen: sequence, changes });
    return this.page(reply, found, { ...again, seen, errors: [{ text: detail, href: '#form' }] });
  }

  /** What the concern came without is taken from its list; where that fails it stays there, to be struck off by hand. */
  private async done(reply: FastifyReply, { id, sequence }: ConcernCase, what: string[]) {
    if (what.length > 0) await this.concerns.send(id, { path: 'answer', payload: { what }, seen: sequence, key: randomUUID() }).catch(unlessAway);
    return reply.redirect(paths.concern(id), 303);
  }

  private async found(id: string): Promise<Found> {
    if (!z.uuid().safeParse(id).success) throw new NotFoundException();
    const concern = await this.concerns.find(id);
    const person = await this.concerns.person(concern.personId);
    if (person === 'away') throw new ServiceUnavailable('people');
    if (!person) throw new NotFoundException();
    return { concern, person };
  }

  private async page(reply: FastifyReply, { concern, person }: Found, { status, seen, errors = [], ...more }: Showing) {
    const name = await this.concerns.name(concern.personId);
    const shown = { ...more, errors, seen: seen ?? person.sequence ?? 1, csrf: reply.generateCsrf() };
    return show(reply, this.render('concern/person.njk', personPage(concern, name, shown)), status);
  }
}

interface Found {
  concern: ConcernCase;
  person: PersonSeen;
}

interface Showing extends Pick<Parameters<typeof personPage>[2], 'key' | 'isAway' | 'changes'> {
  typed: Typed;
  before: Typed;
  seen?: number | undefined;
  errors?: Parameters<typeof personPage>[2]['errors'];
  status?: number;
}
