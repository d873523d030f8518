import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type Answer, type FormError, listInWords, type Render, show, visitor } from '#libs/pages';
import { RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { isAway, unlessAway } from '../unless-away.js';
import { isSentBefore, sentBefore } from '../sent-before.js';
import { Colleagues } from '../colleagues.js';
import { Places } from '../places.js';
import { givenJustNow } from '../second-look/second-look-page.js';
import { refusedAt } from './acts/act.js';
import { type Act, actNamed, actsFor, tell } from './acts/index.js';
import { actPage, type Meanwhile, type Trouble } from './act-page.js';
import { Beside } from './beside.js';
import { casePage } from './case-page.js';
import { Concerns, isName } from './concerns.js';
import { AskForSecondLook } from './second-look-wanted.js';
import { putRightJustNow } from './person/person-page.js';
import { foundJustNow } from './same/found.js';
import { SamePerson } from './same/same-person.js';
import { type ConcernCase, type PersonSeen, refusal, type Told } from './shapes.js';

/** `since`: as the form was opened first, where something was done with the concern after that; `stands`: theirs is to stand in its place. */
const hidden = z.object({
  key: z.uuid().catch(() => randomUUID()),
  seen: z.coerce.number().int().min(1).catch(1),
  since: z.coerce.number().int().min(1).optional().catch(undefined),
  stands: z.literal('yes').transform(() => true).catch(false),
});
const notSaidToStand = { text: 'Say that what you put down is to stand in place of what was recorded meanwhile, or go back and leave that', href: '#stands' };

/** The version that an open page shows. */
const onPage = z.object({ state: z.coerce.number().int().catch(0), since: z.iso.datetime({ precision: 6 }).catch('9999') });

/** They were asked, and leave the second look to a colleague. */
const leaving = z.object({ secondLook: z.literal('left') }).transform(() => true).catch(false);

/** One concern: all that is known of it, and what is done with it. */
@Controller('concerns/:id')
@UseFilters(AskForSecondLook)
export class ConcernsController {
  constructor(
    private readonly concerns: Concerns,
    private readonly colleagues: Colleagues,
    private readonly places: Places,
    private readonly same: SamePerson,
    private readonly beside: Beside,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async case(@Param() params: unknown, @Query() query: unknown, @Res() reply: FastifyReply) {
    const concern = await this.concerns.find(asked(params).id, { leavesLook: leaving.parse(query ?? {}) });
    const [person, alike, called, held] = await Promise.all([this.concerns.person(concern.personId), this.same.likely(concern.personId), this.places.calledIn(concern), this.beside.of(concern)]);
    const found = await this.same.found(person);
    const page = casePage(concern, { person, alike, found, held, called }, { done: doneIn(query, concern, person), csrf: reply.generateCsrf(), key: randomUUID() });
    return show(reply, this.render('concern/case.njk', page));
  }

  /** For a page that is open: nothing where the concern is as that page has it, and nobody else opened it since. */
  @Get('now')
  async now(@Param() params: unknown, @Query() query: unknown, @Res() reply: FastifyReply) {
    const { state, since } = onPage.parse(query);
    const { isChanged, openedBy } = await this.concerns.since(asked(params).id, state);
    const late = openedBy.filter(({ at }) => at > since);
    if (!isChanged && late.length === 0) return reply.status(204).send();
    const called = await this.colleagues.called();
    return reply.type('text/plain').send(isChanged ? 'This concern changed since you opened this page.' : `${listInWords(late.map(({ id }) => called(id)))} opened this concern after you.`);
  }

  @Get(':act')
  async form(@Param() params: unknown, @Query() query: unknown, @Res() reply: FastifyReply) {
    const { id, act } = askedAct(params);
    return this.page(reply, { id, act, key: randomUUID(), query });
  }

  @Post(':act')
  async send(@Param() params: unknown, @Body() body: unknown, @Res() reply: FastifyReply) {
    const { id, act } = askedAct(params);
    const { key, seen, since = seen, stands } = hidden.parse(body);
    const concern = await this.concerns.find(id, { leavesLook: true }).catch((error: unknown) => goneBy(act, error));
    // Whoever did so and did not hear of it sends it again, and finds it no more.
    if (!concern) return reply.redirect(paths.home(act.name), 303);
    const { isFinding, errors: wrong, path, payload } = act.form(concern, body);
    if (isFinding) return this.notSent(reply, concern, { id, act, key, body, since, status: 200 });
    const errors = [...wrong, ...(since < seen && !stands && isWrittenOver(act, changedSince(concern, since)) ? [notSaidToStand] : [])];
    if (errors.length > 0) return this.notSent(reply, concern, { id, act, key, body, since, errors });
    const answer = await this.concerns.send(id, { path, payload, seen, key }).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, { id, act, key, body, seen, trouble: { away: answer }, status: 503 });
    if (answer.status === 404) throw new NotFoundException();
    if (isSentBefore(answer)) return this.page(reply, { id, act, body, ...sentBefore() });
    if (answer.status >= 300) return this.refused(reply, { id, act, body, seen }, answer);
    if (act.leadsAway) return reply.redirect(paths.home(act.name), 303);
    // Deciding opens the message to whoever raised it.
    return reply.redirect(act.name === 'decide' ? paths.concernAct(id, tell.name, act.name) : paths.concern(id, act.name), 303);
  }

  /** A form that is not whole, with what somebody changed meanwhile; where that has ended what it is for, that alone counts. */
  private notSent(reply: FastifyReply, concern: ConcernCase, { errors = [], since = concern.sequence, status = 400, ...sent }: Showing & { since?: number }) {
    const changes = changedSince(concern, since);
    if (changes.length === 0) return this.page(reply, { ...sent, errors, seen: since, status });
    if (!actsFor(concern).includes(sent.act)) return this.page(reply, { ...sent, seen: since, status: 412, trouble: { changes } });
    // It is shown what there is now, so what is sent next is made on that.
    return this.page(reply, { ...sent, errors, seen: concern.sequence, status, trouble: { changes } });
  }

  private refused(reply: FastifyReply, sent: { id: string; act: Act; body: unknown; seen: number }, { status, body }: Answer) {
    const { changes, sequence, ...refused } = refusal.parse(body ?? {});
    // A further try is another request. What changed is shown, so it is made on what there was then.
    const again = { ...sent, key: randomUUID(), status };
    if (status === 412) return this.page(reply, { ...again, seen: sequence, trouble: { changes: changes ?? [] } });
    return this.page(reply, { ...again, errors: refusedAt(sent.act.fields, refused.refusals ?? [refused]) });
  }

  /** The form, with what was typed where it was sent. */
  private async page(reply: FastifyReply, { id, act, body, seen, status, query, ...more }: Showing) {
    // What somebody typed is never lost to a question.
    const concern = await this.concerns.find(id, { leavesLook: body !== undefined });
    if (body === undefined && !actsFor(concern).includes(act)) return reply.redirect(paths.concern(id), 303);
    const [name, colleagues, called, places] = await Promise.all([this.concerns.name(concern.personId), this.colleagues.all(), this.colleagues.called(), act.choosesPlace && this.places.all()]);
    const meanwhile = meanwhileIn(concern, act, body);
    const fields = act.form(concern, meanwhile.recorded?.body ?? body, { colleagues, places, person: isName(name) ? name : undefined }).fields;
    const form = { ...more, ...meanwhile, done: doneIn(query, concern), seen: seen ?? concern.sequence, csrf: reply.generateCsrf(), fields };
    return show(reply, this.render(act.template, actPage({ concern, name, act, called }, form)), status);
  }
}

const changedSince = ({ story }: ConcernCase, since: number): Told[] => story.filter(({ sequence }) => sequence > since);
const isWrittenOver = (act: Act, changes: readonly Told[]): boolean => act.writesOver !== undefined && changes.some((change) => act.writesOver!(change));

/** What was done since a form was opened first, and what of it the form has to ask about or to take in. */
function meanwhileIn(concern: ConcernCase, act: Act, body: unknown): Meanwhile {
  if (body === undefined) return { told: [], isWrittenOver: false, stands: false };
  const { seen, since = seen, stands } = hidden.parse(body);
  const [told, latest] = [changedSince(concern, since), changedSince(concern, seen)];
  // What came after it was said is not covered by it.
  return { told, ...(told.length > 0 && { since }), isWrittenOver: isWrittenOver(act, told), stands: stands && latest.length === 0, recorded: act.withRecorded?.(body, latest) };
}

interface Showing {
  id: string;
  query?: unknown;
  act: Act;
  key: string;
  body?: unknown;
  seen?: number | undefined;
  errors?: FormError[];
  trouble?: Trouble;
  isSentBefore?: true;
  status?: number;
}

/** Undefined where it is not there for whoever does what takes it from them. */
function goneBy({ leadsAway }: Act, error: unknown): undefined {
  if (!leadsAway || !(error instanceof NotFoundException)) throw error;
}

/** What has just been done, in words; an address alone claims nothing that did not happen. */
function doneIn(query: unknown, concern: ConcernCase, person?: PersonSeen | 'away'): string | undefined {
  const { done } = z.object({ done: z.string().catch('') }).parse(query ?? {});
  const act = actNamed(done);
  if (act?.tells.includes(concern.story.at(-1)?.type ?? '')) return act.doneFor?.(concern) ?? act.done;
  const given = givenJustNow(done, concern, visitor()?.id);
  if (given) return given;
  const them = person === 'away' ? undefined : person;
  return putRightJustNow(done, them, visitor()?.id) ?? foundJustNow(done, them?.found ?? []);
}

function asked(params: unknown): { id: string } {
  const parsed = z.object({ id: z.uuid() }).safeParse(params);
  if (!parsed.success) throw new NotFoundException();
  return parsed.data;
}

function askedAct(params: unknown): { id: string; act: Act } {
  const act = actNamed((params as { act?: string }).act ?? '');
  if (!act) throw new NotFoundException();
  return { ...asked(params), act };
}
