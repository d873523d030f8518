import { isDeepStrictEqual } from 'node:util';
import { Controller, Get, Inject, NotFoundException, Param, Post, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Render, ServiceUnavailable, show, TooFast } from '#libs/pages';
import type { Config } from '../config.js';
import { DraftHere, type Locked, type Open } from '../draft/draft-here.js';
import { codeInGroups } from '../draft/secret.js';
import { CONFIG, NOW, RENDER, Triage } from '../outside.js';
import { paths } from '../paths.js';
import { type Asked, leavingTo, noDraft, readAsked } from './asked.js';
import { doubtsIn } from './doubts.js';
import { errorsIn, tooLongIn, tooLongTogether } from './errors.js';
import { keepAnswers } from './keep-answers.js';
import { goOnPage, showNone } from './none-page.js';
import { type Own, ownNow, withOwn } from './own.js';
import { type Showing, type Shown, showStep } from './show-step.js';
import { after, answersIn, before, firstStep, type Step, stepNamed } from './steps.js';
import { readTyped, type Typed, withAnswers } from './typed.js';

/** One step as it was sent. */
interface Sent {
  request: FastifyRequest;
  reply: FastifyReply;
  step: Step;
  given: Typed;
  asked: Asked;
  isChange: boolean;
  own: Own | undefined;
}

/** The steps of the form: each is kept as it is answered, whatever is missing or wrong in it. */
@Controller('concerns')
export class StepsController {
  constructor(
    private readonly here: DraftHere,
    private readonly triage: Triage,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RENDER) private readonly render: Render,
    @Inject(NOW) private readonly now: () => number,
  ) {}

  @Get()
  @Redirect(paths.newConcern())
  begin() {}

  /** Leads to the first step; where a draft is open somebody is asked whether to go on with it. */
  @Get('new')
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const draft = await this.here.look(request);
    if (draft === 'locked' || (draft && !draft.sent)) return show(reply, this.render('go-on.njk', goOnPage(draft, reply.generateCsrf())));
    if (draft) this.here.close(reply);
    return reply.redirect(paths.step(firstStep), 303);
  }

  @Get('new/:step')
  async show(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const step = known(name);
    const draft = await this.here.look(request);
    if (draft === 'locked' || (!draft && step.name !== firstStep)) return showNone(this.showing(reply), draft);
    if (draft?.sent) return reply.redirect(paths.receipt(), 303);
    const own = await this.ownAt(step);
    const answers = withOwn(draft?.answers ?? readTyped({}), own ?? { name: '' });
    const isChange = draft !== undefined && isFromAnswers(request);
    const isAgain = draft !== undefined && isLookedAtAgain(request);
    const doubts = isAgain ? doubtsIn(step, answers, answersIn(step)) : [];
    return showStep(this.showing(reply), step, { answers, isChange, about: draft?.tag, own, status: 200, errors: isChange || isAgain ? errorsIn(step, answers) : [], doubts, ...(draft && { draft }) });
  }

  @Post('new/:step')
  async answer(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const step = known(name);
    const sent = { request, reply, step, own: await this.ownAt(step), given: readTyped(request.body), asked: readAsked(request.body), isChange: isFromAnswers(request) };
    try {
      return await this.taken(sent, await this.here.look(request));
    } catch (error) {
      if (error instanceof TooFast) return this.again(sent, { status: 429, trouble: 'too-many-begun', waitSeconds: error.waitSeconds });
      if (error instanceof ServiceUnavailable) return this.again(sent, { status: 503, trouble: 'away' });
      throw error;
    }
  }

  private async taken(sent: Sent, open: Open | Locked | undefined) {
    const { reply, step, given, asked, isChange } = sent;
    const errors = errorsIn(step, given);
    if (tooLongIn(step, given)) return this.again(sent, { status: 400, errors });
    const leavesTo = leavingTo(step, asked.then, isChange);
    // Whoever only looked leaves nothing behind.
    if ((!open || open === 'locked') && leavesTo && asked.then !== 'save' && isEmpty(given)) return reply.redirect(leavesTo, 303);
    if (isAboutOthers(sent, open)) return this.askFirst(sent, open);
    const answers = together(sent, open);
    if (tooLongTogether(answers)) return this.again(sent, { status: 400, trouble: 'too-long' });
    const doubts = doubtsIn(step, answers, answersIn(step));
    const isDoubtful = doubts.some(({ name }) => !asked.doubted.includes(name));
    const following = after(step);
    const isStaying = leavesTo !== undefined || errors.length > 0 || isDoubtful;
    const kept = await this.keep(sent, open, isStaying ? staysAt(sent) : following);
    if (leavesTo) return reply.redirect(leavesTo, 303);
    // Kept as it is, and shown at an address of its own: a browser goes back there without asking to send it once more.
    if (errors.length > 0 || isDoubtful) return reply.redirect(paths.step(step.name, { isChange, isAgain: true }), 303);
    return reply.redirect(isChange || kept.note || !following ? paths.check() : paths.step(following.name), 303);
  }

  private keep(sent: Sent, open: Open | Locked | undefined, next: Step | undefined): Promise<Open> {
    const { step, given, asked, isChange } = sent;
    return keepAnswers(this.here, sent, { step, given, next: isChange ? undefined : next, isSaving: asked.then === 'save', isAnew: isAnew(sent, open) });
  }

  /** Other answers are open: they are neither shared nor replaced unless somebody says so. Their return code is shown, so that they can be come back to. */
  private async askFirst(sent: Sent, open: Open | Locked) {
    if (open === 'locked') return this.again(sent, { status: 409, trouble: 'locked', others: { code: undefined } });
    const saved = await this.here.save(sent.request, sent.reply);
    return this.again(sent, { status: 409, trouble: 'others', others: { code: codeInGroups((saved ?? open).code) } });
  }

  /** The step with what was typed. */
  private again({ reply, step, given, asked, isChange, own }: Sent, why: Partial<Shown>) {
    return showStep(this.showing(reply), step, { answers: given, about: asked.about, isChange, own, status: 200, errors: [], ...why });
  }

  /** Only where the page would ask for it. */
  private async ownAt({ name }: Step): Promise<Own | undefined> {
    return name === 'you' ? ownNow(this.triage) : undefined;
  }

  private showing(reply: FastifyReply): Showing {
    return { reply, render: this.render, phone: this.config.SAFEGUARDING_PHONE, now: this.now() };
  }
}

function known(name: string): Step {
  const step = stepNamed(name);
  if (!step) throw new NotFoundException();
  return step;
}

/** Whether the step was opened from the answers, and leads back there. */
const isFromAnswers = ({ query }: FastifyRequest): boolean => (query as { change?: unknown }).change === 'yes';

/** Whether it was just sent, and something in it is to be looked at again. */
const isLookedAtAgain = ({ query }: FastifyRequest): boolean => (query as { look?: unknown }).look === 'again';

/** With which step somebody goes on who has not done with this one. */
const staysAt = ({ step, asked }: Sent): Step => (asked.then === 'back' ? (before(step) ?? step) : step);

const isEmpty = (given: Typed): boolean => Object.values(given).flat().join('') === '';

/** Everything that is then kept. */
const together = (sent: Sent, open: Open | Locked | undefined): Typed =>
  withAnswers(open && open !== 'locked' && !isAnew(sent, open) ? open.answers : readTyped({}), answersIn(sent.step), sent.given);

/** Whether what was sent was written about what is open here. */
const isAbout = ({ about }: Asked, { tag }: Open): boolean => about === undefined || about === tag;

/** Whether what was sent begins a concern of its own. */
const isAnew = ({ asked }: Sent, open: Open | Locked | undefined): boolean =>
  asked.then === 'instead' || (open !== undefined && open !== 'locked' && open.sent !== undefined && !isAbout(asked, open));

/** Whether it was not written about what is open here, and nobody said what is to be done with it. */
function isAboutOthers({ step, given, asked }: Sent, open: Open | Locked | undefined): open is Open | Locked {
  if (!open || asked.then === 'instead') return false;
  if (open === 'locked') return true;
  if (asked.then === 'together' || open.sent || isAbout(asked, open)) return false;
  // The same once more, such as by a button that was pressed twice.
  return !(asked.about === noDraft && answersIn(step).every((name) => isDeepStrictEqual(open.answers[name], given[name])));
}
