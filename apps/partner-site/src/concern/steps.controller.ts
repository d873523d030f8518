import { Controller, Get, Inject, NotFoundException, Param, Post, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Render, ServiceUnavailable, show } from '#libs/pages';
import type { Config } from '../config.js';
import { DraftHere } from '../draft/draft-here.js';
import { CONFIG, RENDER } from '../outside.js';
import { paths } from '../paths.js';
import { errorsIn, tooLongIn } from './errors.js';
import { keepAnswers } from './keep-answers.js';
import { nonePage } from './none-page.js';
import { type Showing, showStep, type Why } from './show-step.js';
import { after, firstStep, type Step, stepNamed } from './steps.js';
import { readTyped } from './typed.js';

/** The steps of the form: each is kept as it is answered, whatever is missing or wrong in it. */
@Controller('concerns')
export class StepsController {
  constructor(
    private readonly here: DraftHere,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  @Redirect(paths.newConcern())
  begin() {}

  /** Leads to the first step; whoever has a draft open is asked whether to go on with it. */
  @Get('new')
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.find(request);
    if (draft && !draft.sent) {
      const page = { title: 'You have begun to tell us something', here: paths.newConcern(), goOnHref: paths.step(draft.next), forget: paths.forget(), csrf: reply.generateCsrf() };
      return show(reply, this.render('go-on.njk', page));
    }
    if (draft) this.here.close(reply);
    return reply.redirect(paths.step(firstStep), 303);
  }

  @Get('new/:step')
  async show(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const step = known(name);
    const draft = await this.here.find(request);
    if (draft?.sent) return reply.redirect(paths.receipt(), 303);
    if (!draft && step.name !== firstStep) return show(reply, this.render('none.njk', nonePage(this.config.SAFEGUARDING_PHONE)), 410);
    const answers = draft?.answers ?? readTyped({});
    const isChange = draft !== undefined && isFromAnswers(request);
    return showStep(this.showing(reply), step, { answers, isChange, status: 200, errors: isChange ? errorsIn(step, answers) : [] });
  }

  @Post('new/:step')
  async answer(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const [step, given, isChange] = [known(name), readTyped(request.body), isFromAnswers(request)];
    const again = (why: Why) => showStep(this.showing(reply), step, { answers: given, isChange, ...why });
    const errors = errorsIn(step, given);
    if (tooLongIn(step, given)) return again({ status: 400, errors });
    const isSaving = (request.body as { then?: unknown } | null)?.then === 'save';
    const following = after(step);
    try {
      const { note } = await keepAnswers(this.here, { request, reply }, { step, given, next: isChange ? undefined : isSaving || errors.length > 0 ? step : following });
      if (isSaving) return await reply.redirect(paths.save(), 303);
      if (errors.length > 0) return again({ status: 400, errors });
      return await reply.redirect(isChange || note || !following ? paths.check() : paths.step(following.name), 303);
    } catch (error) {
      if (error instanceof ServiceUnavailable) return again({ status: 503, errors: [], trouble: 'away' });
      throw error;
    }
  }

  private showing(reply: FastifyReply): Showing {
    return { reply, render: this.render, phone: this.config.SAFEGUARDING_PHONE };
  }
}

function known(name: string): Step {
  const step = stepNamed(name);
  if (!step) throw new NotFoundException();
  return step;
}

/** Whether the step was opened from the answers, and leads back there. */
const isFromAnswers = ({ query }: FastifyRequest): boolean => (query as { change?: unknown }).change === 'yes';
