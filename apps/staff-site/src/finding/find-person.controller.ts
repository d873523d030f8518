import { Body, Controller, Get, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotAllowed, type Render, show } from '#libs/pages';
import { concernsAbout } from '../concerns/about-people.js';
import { read } from '../concerns/acts/act.js';
import { may } from '../may.js';
import { RENDER, Services } from '../outside.js';
import { paths } from '../paths.js';
import { isAway, unlessAway } from '../unless-away.js';
import { errorsIn, found, personSearchPage, refusedIn, typed, wanted } from './person-search.js';

/** Whether anybody has raised a worry about somebody, by who they are. What is typed is sent, and stands in no address. */
@Controller(paths.findPerson().slice(1))
export class FindPersonController {
  constructor(
    private readonly services: Services,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  form(@Res() reply: FastifyReply) {
    this.mustBeAllowed();
    return this.page(reply, { sought: read(typed, {}) });
  }

  @Post()
  async find(@Body() body: unknown, @Res() reply: FastifyReply) {
    this.mustBeAllowed();
    const sought = read(typed, body);
    const errors = errorsIn(sought);
    if (errors.length > 0) return this.page(reply, { sought, errors, status: 400 });
    const answer = await this.services.people.query('/people/find', wanted(sought)).catch(unlessAway);
    if (isAway(answer)) return this.page(reply, { sought, away: answer, status: 503 });
    if (answer.status >= 400) return this.page(reply, { sought, errors: refusedIn(answer.body), status: answer.status });
    const { data, success } = found.safeParse(answer.body);
    if (!success) return this.page(reply, { sought, away: 'unclear', status: 503 });
    return this.page(reply, { sought, result: { found: data, concerns: await concernsAbout(this.services.triage, data.people.map(({ id }) => id)) } });
  }

  private page(reply: FastifyReply, { sought, status, ...shown }: { status?: number } & { sought: Parameters<typeof personSearchPage>[0] } & Omit<Parameters<typeof personSearchPage>[1], 'csrf'>) {
    return show(reply, this.render('find-person.njk', personSearchPage(sought, { ...shown, csrf: reply.generateCsrf() })), status);
  }

  private mustBeAllowed(): void {
    if (!may('person.find')) throw new NotAllowed('People are found by name by the triage and DoLS teams, their managers and data managers.');
  }
}
