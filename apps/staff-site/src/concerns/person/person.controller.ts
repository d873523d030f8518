import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Answer, because, type Render, ServiceUnavailable, show } from '#libs/pages';
import { may } from '../../may.js';
import { Colleagues } from '../../colleagues.js';
import { RENDER, Services } from '../../outside.js';
import { paths } from '../../paths.js';
import { isSentBefore, sentBefore } from '../../sent-before.js';
import { type Away, isAway, unlessAway } from '../../unless-away.js';
import { read } from '../acts/act.js';
import { Concerns } from '../concerns.js';
import { AskForSecondLook } from '../second-look-wanted.js';
import { type ConcernCase, type PersonSeen, refusal } from '../shapes.js';
import { errorsIn, identityOf, isChanged, knownOf, onTopOf, personPage, shape, shownIn, type Typed, typedOf } from './person-page.js';

const hidden = z.object({ key: z.uuid().catch(() => randomUUID()), seen: z.coerce.number().int().min(1).catch(1) });

/** Who the person of a concern is, put right in `people`. Nobody stands in an address. */
@Controller('concerns/:id/person')
@UseFilters(AskForSecondLook)
export class PersonController {
  constructor(
    private readonly concerns: Concerns,
    private readonly services: Services,
    private readonly colleagues: Colleagues,
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
    const [typed, { key, seen }, found] = [read(shape, body), read(hidden, body), await this.found(id, { leavesLook: true })];
    const before = shownIn(body, typedOf(found.person));
    const sent = { typed, before, key, seen };
    const errors = errorsIn(typed, before, found.concern);
    if (errors.length > 0) return this.page(reply, found, { ...sent, errors, status: 400 });
    if (!isChanged(typed, before)) return this.strikeOff(reply, found, { ...sent, done: 'answer' });
    const people = this.services.people.as(because('working on the concern'));
    const payload = { identity: identityOf(typed, before), reason: typed.reason };
    const answer = await people.post(`/people/${found.person.id}/correct`, payload, { 'if-match': `"${seen}"`, 'idempotency-key': key }).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, found, { ...sent, away: answer, status: 503 });
    if (isSentBefore(answer)) return this.page(reply, found, { ...onTopOf(typedOf(found.person), typed, before), ...sentBefore() });
    const { detail, changes, sequence } = refusal.parse(answer.body ?? {});
    if (answer.status < 300) return this.strikeOff(reply, found, { typed, before: typed, key, seen: sequence ?? seen, done: 'person' });
    const again = { ...sent, key: randomUUID(), status: answer.status };
    if (answer.status !== 412) return this.page(reply, found, { ...again, errors: [{ text: detail, href: '#form' }] });
    const now = await this.found(id, { leavesLook: true });
    return this.page(reply, now, { ...again, ...onTopOf(typedOf(now.person), typed, before), seen: sequence, changes });
  }

  /** What the concern came without and is known now is taken from its list; where that fails the form says so, and does it when it is sent again. */
  private async strikeOff(reply: FastifyReply, found: Found, { done, ...sent }: Showing & { done: string }) {
    const { id } = found.concern;
    const answer = await this.takeFromList(found.concern, sent.typed);
    if (!isAway(answer) && answer.status < 300) return reply.redirect(paths.concern(id, done), 303);
    const errors = [{ text: 'What was missing is still on the list of the concern. Send this again to take it off', href: '#form' }];
    return this.page(reply, found, { ...sent, key: randomUUID(), errors, errorTitle: 'Not everything was recorded', status: isAway(answer) ? 503 : answer.status });
  }

  /** Once more on what there is now, where the concern changed meanwhile: `people` tells it of a new age by itself. */
  private async takeFromList(concern: ConcernCase, typed: Typed, isLast = false): Promise<Answer | Away> {
    const what = knownOf(typed, concern);
    if (what.length === 0) return { status: 200, body: null };
    const payload = { what, answer: typed.reason };
    const answer = await this.concerns.send(concern.id, { path: 'answer', payload, seen: concern.sequence, key: randomUUID() }).catch(unlessAway);
    if (isAway(answer) || answer.status !== 412 || isLast) return answer;
    return this.takeFromList(await this.concern(concern.id, { leavesLook: true }), typed, true);
  }

  /** The concern; what it came without only for whoever may take it off the list. */
  private async concern(id: string, opening?: { leavesLook: true }): Promise<ConcernCase> {
    const concern = await this.concerns.find(id, opening);
    return may('concern.answer') ? concern : { ...concern, missing: [] };
  }

  private async found(id: string, opening?: { leavesLook: true }): Promise<Found> {
    if (!z.uuid().safeParse(id).success) throw new NotFoundException();
    const concern = await this.concern(id, opening);
    const person = await this.concerns.person(concern.personId);
    if (person === 'away') throw new ServiceUnavailable('people');
    if (!person) throw new NotFoundException();
    return { concern, person };
  }

  private async page(reply: FastifyReply, { concern, person }: Found, { status, seen, errors = [], ...more }: Showing) {
    const [name, called] = await Promise.all([this.concerns.name(concern.personId), this.colleagues.called()]);
    const shown = { ...more, called, errors, seen: seen ?? person.sequence ?? 1, csrf: reply.generateCsrf() };
    return show(reply, this.render('concern/person.njk', personPage(concern, name, shown)), status);
  }
}

interface Found {
  concern: ConcernCase;
  person: PersonSeen;
}

interface Showing extends Pick<Parameters<typeof personPage>[2], 'key' | 'away' | 'changes' | 'theirs' | 'errorTitle' | 'isSentBefore'> {
  typed: Typed;
  before: Typed;
  seen?: number | undefined;
  errors?: Parameters<typeof personPage>[2]['errors'];
  status?: number;
}
