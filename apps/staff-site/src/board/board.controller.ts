import { Controller, Get, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { csv, dayInWords, download, NotAllowed, type Render, ServiceUnavailable, show } from '#libs/pages';
import { AUTHORITY_CODES, orElsewhere, ownAuthority } from '../authorities.js';
import { RENDER, Services, Today } from '../outside.js';
import { type Besides, type BoardChoice, boardPage, choiceForm, measures, quietSince } from './board-page.js';
import { tableForCsv } from './measure-view.js';
import { consistency, consistencyShape } from './measures/consistency.js';
import { firstDay, twelveMonths, yearAndBefore } from './measures/months.js';
import { named, namedShape } from './measures/named.js';
import { notSafeguarding, notSafeguardingShape } from './measures/not-safeguarding.js';
import { oldestShape } from './measures/oldest.js';
import { reviews, reviewsShape, threeYears } from './measures/reviews.js';
import { telling, tellingShape } from './measures/telling.js';
import { type RecentTriage, recentTriageAsked, triageTimeShape } from './measures/triage-time.js';
import { referrersShape, type Repeats, repeatsShape } from './measures/who-raises.js';
import { wishes, wishesShape } from './measures/wishes.js';
import { type AuthorityReport, authorityReport, definitions, report } from './report.js';

const NOT_A_DAY = 'not a day';
/** The days that the metrics service answers for. */
const [FIRST_DAY, LAST_DAY] = ['1990-01-01', '2099-12-31'];

const choice = () => z.object({
  as_of: z.iso.date().refine((day) => day >= FIRST_DAY && day <= LAST_DAY).optional().catch((context) => (context.value === '' ? undefined : NOT_A_DAY)),
  authority: z.enum(AUTHORITY_CODES).catch(ownAuthority()),
});

const undecidedShape = z.object({ periods: z.array(z.object({ figures: z.object({ undecided: z.number() }) })).length(1) });

const isAsked = (query: unknown): boolean => Boolean((query as { as_of?: unknown }).as_of);

@Controller('board')
export class BoardController {
  constructor(
    private readonly services: Services,
    private readonly today: Today,
    @Inject(RENDER) private readonly render: Render,
  ) {}

  @Get()
  async board(@Query() query: unknown, @Res() reply: FastifyReply) {
    const chosen = this.chosen(query);
    const wrong = this.wrongWith(chosen);
    if (wrong) return this.again(reply, chosen, wrong);
    const [figures, words] = await Promise.all([this.report(chosen), this.definitions()]);
    const earlier = isAsked(query) ? undefined : quietSince(figures, chosen.asOf);
    if (!earlier) return show(reply, this.render('board.njk', boardPage(figures, chosen, words, await this.besides(chosen))));
    const then = { ...chosen, asOf: earlier };
    const [before, besides] = await Promise.all([this.report(then), this.besides(then)]);
    return show(reply, this.render('board.njk', boardPage(before, { ...then, insteadOf: chosen.asOf }, words, besides)));
  }

  @Get(':measure.csv')
  async csv(@Param('measure') key: string, @Query() query: unknown, @Res() reply: FastifyReply) {
    const chosen = this.chosen(query);
    const wrong = this.wrongWith(chosen);
    if (wrong) return this.again(reply, chosen, wrong);
    const [figures, besides] = await Promise.all([this.report(chosen, key), this.besides(chosen, key)]);
    const view = measures(figures, chosen, besides).find((measure) => measure.key === key);
    if (!view) throw new NotFoundException();
    const { header, rows } = tableForCsv(view.table);
    return download(reply, `${key}_${chosen.authority}_${chosen.asOf}.csv`, csv(header, rows));
  }

  private chosen(query: unknown): BoardChoice {
    const { as_of, authority } = choice().parse(query);
    return { asOf: as_of ?? this.today.boardDay(), authority };
  }

  /** Why there is no report as of what was chosen. */
  private wrongWith({ asOf }: BoardChoice): string | undefined {
    if (asOf === NOT_A_DAY) return 'Enter a day, such as 31 July 2025';
    return asOf > this.today.day() ? `Enter today or a day before it: ${dayInWords(asOf)} is still to come` : undefined;
  }

  private again(reply: FastifyReply, chosen: BoardChoice, text: string) {
    const asOf = chosen.asOf === NOT_A_DAY ? '' : chosen.asOf;
    return show(reply, this.render('board-choice.njk', choiceForm({ ...chosen, asOf }, [{ text, href: '#as_of' }])), 400);
  }

  /** What the report says; of one measure alone where it is that measure's. */
  private async report({ asOf, authority }: BoardChoice, key = ''): Promise<AuthorityReport> {
    const only = Object.hasOwn(authorityReport.shape, key) ? { only: key } : {};
    const found = await this.services.metrics.get('/report', { as_of: asOf, authority, ...only }, report).catch(orElsewhere(authority));
    return found.authorities[authority] ?? {};
  }

  /** What the report does not have, all of it or for one measure; of two decisions alike `triage` tells, since no other service learns of them. */
  private async besides(chosen: BoardChoice, only?: string): Promise<Besides> {
    const { asOf, authority } = chosen;
    const { metrics, triage } = this.services;
    const wanted = <Answer>(key: string, ask: () => Promise<Answer>) => (only === undefined || only === key ? ask().catch(leftOut) : undefined);
    const months = twelveMonths(chosen);
    const year = { authority, as_of: asOf, every: 'period', from: months['from']!, to: asOf };
    const [recentTriage, undecided, oldest, repeats, referrers, ...views] = await Promise.all([
      wanted('triage_time', () => this.recentTriage(chosen)),
      wanted('conversion_by_month_received', () => metrics.get('/measures/undecided_concerns', { ...year, from: firstDay(asOf) }, undecidedShape)),
      wanted('oldest_waiting', () => metrics.get('/measures/oldest_waiting', months, oldestShape)),
      wanted('repeat_concerns', () => this.repeats(chosen)),
      wanted('conversion_by_referrer_type', () => metrics.get('/measures/conversion', { ...year, split_by: 'referrer_type' }, referrersShape)),
      wanted('not_safeguarding_reasons', () => metrics.get('/measures/not_safeguarding_reasons', months, notSafeguardingShape).then((told) => notSafeguarding(told, asOf))),
      wanted('wishes_at_triage', () => metrics.get('/measures/wishes_at_triage', months, wishesShape).then(wishes)),
      wanted('safeguarding_adult_review_referrals', () => metrics.get('/measures/safeguarding_adult_review_referrals', threeYears(chosen), reviewsShape).then(reviews)),
      wanted('telling_referrers', () => metrics.get('/measures/telling_referrers', months, tellingShape).then(telling)),
      wanted('decisions_without_named_person', () => metrics.get('/measures/decisions_without_named_person', months, namedShape).then(named)),
      wanted('consistency_of_decisions', () => triage.get('/consistency', { authority, as_of: asOf }, consistencyShape).then(consistency)),
    ]);
    return { recentTriage, undecided: undecided?.periods[0]?.figures.undecided, oldest, repeats, referrers, views: views.filter((view) => view !== undefined) };
  }

  /** Of the twelve months that end with the day, and of those before. */
  private async repeats(chosen: BoardChoice): Promise<Repeats> {
    const [recent, before] = yearAndBefore(chosen);
    const told = (query: Record<string, string>) => this.services.metrics.get('/measures/repeat_concerns', query, repeatsShape);
    return Promise.all([told(recent), told(before)]);
  }

  /** Of the twelve months that end with the day and of those before; undefined where the report itself reaches that far. */
  private async recentTriage(chosen: BoardChoice): Promise<RecentTriage | undefined> {
    const asked = recentTriageAsked(chosen);
    if (!asked) return undefined;
    const [now, before] = await Promise.all(asked.map((query) => this.services.metrics.get('/measures/triage_time', query, triageTimeShape)));
    const [recent, earlier] = [now?.periods[0], before?.periods[0]];
    return recent && earlier && { period: recent.name, figures: recent.figures, before: earlier.figures };
  }

  /** The words in which each measure is defined; the figures are shown without them where they cannot be had. */
  private async definitions(): Promise<ReadonlyMap<string, string>> {
    const found = await this.services.metrics.get('/measures', {}, definitions).catch(() => []);
    return new Map(found.map(({ key, definition }) => [key, definition]));
  }
}

/** A measure that cannot be had is left out; the others are shown. */
function leftOut(error: unknown): undefined {
  if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
  throw error;
}
