import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Tx } from '#libs/journal';
import { Ask, type Asking, type Each, type Making, Needs } from '#libs/platform';
import { ConcernReading, type Opening } from '../../application/concern-reading.js';
import { Lots } from '../../application/lots.js';
import { Post as Carrier } from '../../application/post.js';
import type { AskForMore, ConcernCommand } from '../../domain/concern.js';
import { MoreWanted } from '../more-wanted.js';
import { openedLately } from '../persistence/opened-lately.js';
import { RaisedConcerns } from '../persistence/raised-concerns.js';
import { isKnownPlace } from '../persistence/known-places.js';
import { hearsOf } from '../persistence/webhooks.js';
import { SamePersonsConcerns } from '../persistence/same-person.js';
import { SamePlacesConcerns } from '../persistence/same-place.js';
import { Sender } from '../post/sender.js';
import * as bodies from './bodies.js';
import { considerLimbs, correctConcern, triageConcern, wishesOf } from './commands.js';
import { ConcernCommands } from './concern-commands.js';
import { Raising } from './raising.js';
import { caseOf, type ConcernView, followOf, type Given, givenOf, seesAll, viewOf } from './view.js';

const id = z.uuid();
const raisedQuestion = z.strictObject({ page: z.coerce.number().int().min(1).max(100_000).default(1) });

/** Whoever could give a second look and opens the concern instead says that they leave it to a colleague. */
const opened = z.strictObject({ secondLook: z.literal('left').optional() });
const wanted = 'Refused (concern/second-look-wanted) to whoever may still look at its decision again, unless they leave that to a colleague';
type Opened = z.infer<typeof opened>;
const openingOf = (recordId: string, { secondLook }: Opened): Opening => ({ recordId, leavesLook: secondLook === 'left' });

/** Raise a concern, see where it stands, and decide it. */
@ApiTags('concerns')
@Controller('concerns')
export class ConcernsController {
  constructor(
    private readonly commands: ConcernCommands,
    private readonly reading: ConcernReading,
    private readonly raisedConcerns: RaisedConcerns,
    private readonly samePerson: SamePersonsConcerns,
    private readonly samePlace: SamePlacesConcerns,
    private readonly raising: Raising,
    private readonly lots: Lots,
    private readonly carrier: Carrier,
    private readonly moreWanted: MoreWanted,
    private readonly sender: Sender,
  ) {}

  @Post()
  @Needs('concern.raise')
  @ApiOperation({ summary: 'Raise a concern. It is taken however incomplete, if it says what the worry is' })
  raise(@Ask() asking: Asking, @Body({ schema: bodies.raiseBody }) body: bodies.RaiseBody): Promise<ConcernView> {
    return this.raising.raise(asking, body);
  }

  @Get('referrer')
  @Needs('concern.raise')
  @ApiOperation({ summary: 'For which organisation of the directory one raises concerns: what a concern says of it where it is sent without; null: none that is known' })
  async referrer(@Ask() asking: Asking): Promise<object> {
    const known = await this.raising.organisationOf(asking);
    return { organisation: known ? { name: known.name, type: known.kind } : null };
  }

  @Get('raised')
  @Needs('concern.follow')
  @ApiOperation({ summary: 'How the concerns go on that one raised oneself, the latest first. The reading is recorded' })
  raised(@Ask() asking: Asking, @Query({ schema: raisedQuestion }) { page }: z.infer<typeof raisedQuestion>): Promise<object> {
    return this.raisedConcerns.page(asking, page, followOf);
  }

  @Post('assign')
  @Needs('concern.assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take several concerns as they were seen, give them to a colleague, or give them back. One that is refused stops none of the others' })
  assignEach(@Ask() asking: Asking, @Body({ schema: bodies.assignEachBody }) { to, concerns }: z.infer<typeof bodies.assignEachBody>): Promise<{ items: Each<Given>[] }> {
    return this.commands.changeEach(asking, concerns, ({ now, by }) => ({ type: 'AssignConcern', at: now, by, to }), givenOf);
  }

  @Get(':id')
  @Needs('concern.read')
  @ApiOperation({ summary: `A concern as it stands. The reading is recorded. ${wanted}` })
  read(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Query({ schema: opened }) query: Opened): Promise<ConcernView> {
    return seesAll(asking.staff) ? this.reading.read(asking, openingOf(recordId, query), viewOf) : this.reading.followed(asking, recordId, followOf);
  }

  @Get(':id/case')
  @Needs('concern.read_case')
  @ApiOperation({ summary: `A concern with its clocks and every word that was said, for whoever works on it. The reading is recorded. ${wanted}` })
  case(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Query({ schema: opened }) query: Opened): Promise<ConcernView> {
    return this.reading.whole(asking, openingOf(recordId, query), async (whole, tx) => {
      const { standing } = whole;
      return caseOf(whole, { ...(await this.samePerson.of(tx, asking, standing)), atPlace: await this.samePlace.of(tx, asking, standing), openedBy: await openedLately(tx, { recordId, by: asking.staff.id, now: whole.now }), sentBy: this.carrier.by, hears: await hearsOf(tx, standing.begunBy) });
    });
  }

  @Get(':id/version')
  @Needs('concern.read_case')
  @ApiOperation({ summary: 'At which version a concern is, and which colleagues opened it lately, for a page that is open. Nothing is told of it, so no reading is recorded' })
  version(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string): Promise<object> {
    return this.reading.version(asking, recordId, async (tx, now) => ({ openedBy: await openedLately(tx, { recordId, by: asking.staff.id, now }) }));
  }

  @Get(':id/story')
  @Needs('concern.read_story')
  @ApiOperation({ summary: `What happened to a concern, in order. The reading is recorded. ${wanted}` })
  story(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Query({ schema: opened }) query: Opened): Promise<object> {
    return this.reading.story(asking, openingOf(recordId, query));
  }

  @Post(':id/triage')
  @Needs('concern.triage')
  @HttpCode(200)
  @ApiOperation({ summary: 'Decide a concern: the three limbs of section 42(1) one by one, an outcome, a reason' })
  triage(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.triageBody }) body: bodies.TriageBody) {
    return this.change(asking, recordId, (making) => triageConcern(body, making, this.lots.of(recordId, asking.seen ?? 0)));
  }

  @Post(':id/consider')
  @Needs('concern.triage')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep what can be told so far, limb by limb, and ask for the rest. Nothing is decided and the clocks go on' })
  consider(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.considerBody }) body: bodies.ConsiderBody) {
    return this.asked(asking, recordId, async (making, tx) => considerLimbs(body, making, body.ask && (await this.noticed(tx, { asking, recordId, ask: body.ask }, making))));
  }

  @Post(':id/wishes')
  @Needs('concern.record_wishes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record what the person wants, or why nobody could ask' })
  wishes(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Body({ schema: bodies.wishesBody }) body: z.infer<typeof bodies.wishesBody>,
  ) {
    return this.change(asking, recordId, (making) => ({
      type: 'RecordWishes', at: making.now, by: making.by, wishes: wishesOf(body, making)!,
    }));
  }

  @Post(':id/assign')
  @Needs('concern.assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a concern, give it to a colleague, or give it back' })
  assign(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.assignBody }) { to }: z.infer<typeof bodies.assignBody>) {
    return this.change(asking, recordId, ({ now, by }) => ({ type: 'AssignConcern', at: now, by, to }));
  }

  @Post(':id/ask')
  @Needs('concern.ask')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask for what is missing. The clocks go on. Whoever raised it sees what is asked for; with `notify` they are sent a short notice that more is wanted, where they can be sent one (with `isSafe` also where they did not answer that it is safe, or said how)' })
  ask(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.askBody }) body: bodies.AskBody) {
    return this.asked(asking, recordId, async (making, tx) => ({
      type: 'AskForMore', at: making.now, by: making.by, what: body.what, message: making.words.keep(body.message), ...noticeIn(await this.noticed(tx, { asking, recordId, ask: body }, making)),
    }));
  }

  @Post(':id/answer')
  @Needs('concern.answer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record what was missing and has come' })
  answer(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.answerBody }) body: z.infer<typeof bodies.answerBody>) {
    return this.change(asking, recordId, ({ words, now, by }) => ({
      type: 'AnswerMore', at: now, by, what: body.what, answer: words.keep(body.answer), ...(body.consent ? { consent: body.consent } : {}),
    }));
  }

  @Post(':id/reopen')
  @Needs('concern.reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a decided concern again; its enquiry goes on until a manager says otherwise' })
  reopen(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.reasonBody }) body: { reason: string }) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'ReopenConcern', at: now, by, reason: words.keep(body.reason) }));
  }

  @Post(':id/feedback')
  @Needs('concern.tell_referrer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whoever raised it was told what became of it, or why not' })
  feedback(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Body({ schema: bodies.feedbackBody }) body: z.infer<typeof bodies.feedbackBody>,
  ) {
    return this.change(asking, recordId, ({ words, now, by }) =>
      body.told
        ? { type: 'TellReferrer', at: now, by, message: words.keep(body.message) }
        : { type: 'RecordReferrerNotTold', at: now, by, reason: words.keep(body.reason) },
    );
  }

  @Post(':id/correct')
  @Needs('concern.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put one recorded thing right, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.correctBody }) body: bodies.CorrectBody) {
    return this.change(asking, recordId, (making) => correctConcern(body, making));
  }

  @Post(':id/place')
  @Needs('concern.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say at which place of the directory it happened, put that right, or take it back (null). What was said before is changed with a reason' })
  place(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.placeBody }) { placeId, reason }: z.infer<typeof bodies.placeBody>) {
    return this.change(asking, recordId, async ({ words, now, by }, tx) => ({
      type: 'NamePlace', at: now, by, placeId, isKnown: placeId === null || (await isKnownPlace(tx, placeId)), reason: words.keep(reason),
    }));
  }

  @Post(':id/referrer-judged')
  @Needs('concern.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say, with a reason, whether whoever raised it may be causing the harm or be close to whoever does (`mayBeSource`), whatever the rule makes of what was said. Where they may, nothing reaches them by itself' })
  referrerJudged(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.referrerJudgedBody }) { mayBeSource, reason }: z.infer<typeof bodies.referrerJudgedBody>) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'JudgeReferrer', at: now, by, mayBeSource, reason: words.keep(reason) }));
  }

  @Post(':id/danger-seen-to')
  @Needs('concern.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say, with a reason, that danger which whoever raised it told of after the decision was seen to, and that the decision stands' })
  dangerSeenTo(@Ask() asking: Asking, @Param('id', { schema: id }) recordId: string, @Body({ schema: bodies.reasonBody }) { reason }: { reason: string }) {
    return this.change(asking, recordId, ({ words, now, by }) => ({ type: 'SeeToDanger', at: now, by, reason: words.keep(reason) }));
  }

  @Post(':id/entered-in-error/:step')
  @Needs('concern.enter_in_error')
  @HttpCode(200)
  @ApiOperation({ summary: 'Propose, confirm (a second person) or decline that it should never have been recorded' })
  enteredInError(
    @Ask() asking: Asking,
    @Param('id', { schema: id }) recordId: string,
    @Param('step', { schema: z.enum(['propose', 'confirm', 'decline']) }) step: 'propose' | 'confirm' | 'decline',
    @Body({ schema: bodies.reasonBody }) body: { reason: string },
  ) {
    return this.change(asking, recordId, ({ words, now, by }) => {
      if (step === 'confirm') return { type: 'ConfirmEnteredInError', at: now, by };
      const type = step === 'propose' ? 'ProposeEnteredInError' : 'DeclineEnteredInError';
      return { type, at: now, by, reason: words.keep(body.reason) };
    });
  }

  private async noticed(tx: Tx, { asking, recordId, ask: { notify, isSafe } }: { asking: Asking; recordId: string; ask: bodies.AskBody }, { now }: Making) {
    return notify ? this.moreWanted.noticed(tx, { recordId, authority: asking.staff.authority!, isSafe }, now) : undefined;
  }

  /** What may have a notice to be sent after it. */
  private async asked(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => Promise<ConcernCommand>): Promise<ConcernView> {
    const view = await this.change(asking, recordId, make);
    void this.sender.go();
    return view;
  }

  private change(asking: Asking, recordId: string, make: (making: Making, tx: Tx) => ConcernCommand | Promise<ConcernCommand>): Promise<ConcernView> {
    return this.commands.change(asking, recordId, make, viewOf);
  }
}

const noticeIn = (notice: AskForMore['notice']): Pick<AskForMore, 'notice'> => (notice ? { notice } : {});
