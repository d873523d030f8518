import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { dayInWords, download, type FormError, messagesByField, NotAllowed, type Render, ServiceUnavailable, show, StepUpNeeded, visitor } from '#libs/pages';
import { Colleagues } from '../colleagues.js';
import { errorsOf, read, text } from '../concerns/acts/act.js';
import { may } from '../may.js';
import { NOW, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { packDocument, packJson } from './pack.js';
import { type Subject, SubjectAccess } from './subject-access.js';

const typed = z.object({ reference: text, why: text });
const wanted = z.object({ person: z.uuid().catch(''), why: text, format: z.enum(['html', 'json']).catch('html') });
const longest = { reference: 100, why: 500 };

/** Everything held about somebody, for the answer to a request of theirs. Nobody stands in an address, and nothing of it is kept here. */
@Controller('subject-access')
export class SubjectAccessController {
  constructor(
    private readonly access: SubjectAccess,
    private readonly colleagues: Colleagues,
    @Inject(RENDER) private readonly render: Render,
    @Inject(NOW) private readonly now: () => number,
  ) {}

  @Get()
  form(@Res() reply: FastifyReply) {
    this.mustBeAllowed();
    return this.page(reply, { reference: '', why: '' });
  }

  /** The same form from the page of a record, whose reference need not be typed. */
  @Post('of')
  formOf(@Body() body: unknown, @Res() reply: FastifyReply) {
    this.mustBeAllowed();
    return this.page(reply, { reference: read(typed, body).reference.slice(0, longest.reference), why: '' });
  }

  @Post()
  async find(@Body() body: unknown, @Res() reply: FastifyReply) {
    this.mustBeAllowed();
    const said = read(typed, body);
    const { reference, why } = said;
    const errors = errorsOf([
      (reference === '' || reference.length > longest.reference) && { text: 'Type the whole reference, such as SC-0123-ABCD', href: '#reference' },
      wrongWith(why),
    ]);
    if (errors.length > 0) return this.page(reply, { ...said, errors, status: 400 });
    const people = await this.access.find(reference, why).catch(orWhatElse);
    if (typeof people === 'string') return this.page(reply, { ...said, ...toldOf[people] });
    const [person] = people;
    const isOne = people.length === 1 && person !== null && person !== undefined;
    if (!isOne) return this.page(reply, { ...said, errors: [{ text: noOne(people), href: '#reference' }], status: 404 });
    return this.confirm(reply, { person, why });
  }

  @Post('pack')
  async pack(@Body() body: unknown, @Res() reply: FastifyReply) {
    this.mustBeAllowed();
    const { person, why, format } = read(wanted, body);
    if (person === '') return this.page(reply, { reference: '', why, errors: [{ text: 'Say first whose records they are', href: '#reference' }], status: 400 });
    const wrong = wrongWith(why);
    if (wrong) return this.confirm(reply, { person, why, errors: [wrong], status: 400 });
    const entries = await this.access.everything(person, why).catch(orWhatElse);
    if (entries === undefined) return this.page(reply, { reference: '', why, errors: [{ text: noOne([]), href: '#reference' }], status: 404 });
    if (typeof entries === 'string') return this.confirm(reply, { person, why, ...toldOf[entries] });
    const madeAt = new Date(this.now()).toISOString();
    const pack = { madeAt, madeBy: visitor()!.name, why, entries };
    const name = `subject-access-${madeAt.slice(0, 10)}.${format}`;
    if (format === 'json') return download(reply, name, packJson(pack), 'application/json; charset=utf-8');
    return download(reply, name, this.render('pack.njk', packDocument(pack, await this.colleagues.called())), 'text/html; charset=utf-8');
  }

  private page(reply: FastifyReply, { errors = [], status, ...shown }: Showing & z.infer<typeof typed>) {
    const head = { title: 'Answer a subject access request', here: paths.subjectAccess(), action: paths.subjectAccess(), againHref: paths.signInAgain(paths.subjectAccess()), csrf: reply.generateCsrf() };
    return show(reply, this.render('subject-access.njk', { ...head, errors, messages: messagesByField(errors), ...shown }), status);
  }

  /** Who that is, before everything is given out about somebody else. */
  private async confirm(reply: FastifyReply, { person, why, errors = [], status, ...shown }: Showing & { person: string; why: string }) {
    const who = await this.access.who(person).catch(orWhatElse);
    if (who === 'away' || who === 'again') return this.page(reply, { reference: '', why, ...toldOf[who] });
    if (!who) return this.page(reply, { reference: '', why, errors: [{ text: noOne([]), href: '#reference' }], status: 404 });
    const head = { title: 'Is this who asks?', here: paths.subjectAccess(), backHref: paths.subjectAccess(), action: paths.subjectAccessPack(), againHref: paths.signInAgain(paths.subjectAccess()), csrf: reply.generateCsrf() };
    return show(reply, this.render('subject-access-confirm.njk', { ...head, person, why, facts: factsOf(who), errors, messages: messagesByField(errors), ...shown }), status);
  }

  private mustBeAllowed(): void {
    if (!may('person.export')) throw new NotAllowed('Everything held about somebody is exported by data managers.');
  }
}

interface Showing {
  errors?: FormError[];
  /** They have to show again that it is them. */
  isAgain?: boolean;
  isAway?: boolean;
  status?: number;
}

const toldOf = { again: { isAgain: true, status: 401 }, away: { isAway: true, status: 503 } } as const;

function orWhatElse(error: unknown): 'again' | 'away' {
  if (error instanceof StepUpNeeded) return 'again';
  if (error instanceof ServiceUnavailable) return 'away';
  throw error;
}

const wrongWith = (why: string): FormError | false => (why === '' || why.length > longest.why || why.includes('\n')) && { text: 'Say in one line why, such as the number and the day of the request', href: '#why' };

function noOne(people: readonly (string | null)[]): string {
  if (people.length > 1) return 'Records about different people have this reference. Take the reference of another record';
  return people.length === 1 ? 'Nobody knows yet who this record is about. Take the reference of another record' : 'No record of your council that you may see has this reference. That you tried is recorded';
}

/** As much as it takes to tell somebody from everybody else. */
const factsOf = ({ givenName, familyName, birthDate, nhsNumber, address, postcode }: NonNullable<Subject>) => [
  { key: 'Name', value: [givenName, familyName].filter(Boolean).join(' ') || 'Not known' },
  { key: 'Date of birth', value: birthDate ? dayInWords(birthDate) : 'Not known' },
  { key: 'NHS number', value: nhsNumber ?? 'Not known' },
  { key: 'Address', value: [address, postcode].filter(Boolean).join(', ') || 'Not known' },
];
