import { Controller, Get, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { csv, download, NotAllowed, type Render, ServiceUnavailable, show } from '#libs/pages';
import { AUTHORITY_CODES, ownAuthority } from '../authorities.js';
import { RENDER, Services, Today } from '../outside.js';
import { type BoardChoice, boardPage, choiceForm, measures, quietSince } from './board-page.js';
import { type MeasureView, tableForCsv } from './measure-view.js';
import { consistency, consistencyDefined, consistencyShape } from './measures/consistency.js';
import { twelveMonths } from './measures/months.js';
import { named, namedShape } from './measures/named.js';
import { telling, tellingShape } from './measures/telling.js';
import { type AuthorityReport, definitions, report } from './report.js';

const NOT_A_DAY = 'not a day';
/** The days that the metrics service answers for. */
const [FIRST_DAY, LAST_DAY] = ['1990-01-01', '2099-12-31'];

const choice = () => z.object({
  as_of: z.iso.date().refine((day) => day >= FIRST_DAY && day <= LAST_DAY).optional().catch((context) => (context.value === '' ? undefined : NOT_A_DAY)),
  authority: z.enum(AUTHORITY_CODES).catch(ownAuthority()),
});

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
    if (chosen.asOf === NOT_A_DAY) {
      const errors = [{ text: 'Enter a day, such as 31 July 2025', href: '#as_of' }];
      return show(reply, this.render('board-choice.njk', choiceForm({ ...chosen, asOf: '' }, errors)), 400);
    }
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
    if (chosen.asOf === NOT_A_DAY) throw new NotFoundException();
    const [figures, besides] = await Promise.all([this.report(chosen), this.besides(chosen)]);
    const view = [...measures(figures, chosen.authority), ...besides].find((measure) => measure.key === key);
    if (!view) throw new NotFoundException();
    const { header, rows } = tableForCsv(view.table);
    return download(reply, `${key}_${chosen.authority}_${chosen.asOf}.csv`, csv(header, rows));
  }

  private chosen(query: unknown): BoardChoice {
    const { as_of, authority } = choice().parse(query);
    return { asOf: as_of ?? this.today.boardDay(), authority };
  }

  private async report({ asOf, authority }: BoardChoice): Promise<AuthorityReport> {
    const found = await this.services.metrics.get('/report', { as_of: asOf, authority }, report);
    return found.authorities[authority] ?? {};
  }

  /** What the report does not have; of two decisions alike `triage` tells, since no other service learns of them. */
  private async besides(chosen: BoardChoice): Promise<MeasureView[]> {
    const { asOf, authority } = chosen;
    const views = await Promise.all([
      this.services.metrics.get('/measures/telling_referrers', twelveMonths(chosen), tellingShape).then(telling).catch(leftOut),
      this.services.metrics.get('/measures/decisions_without_named_person', twelveMonths(chosen), namedShape).then(named).catch(leftOut),
      this.services.triage.get('/consistency', { authority, as_of: asOf }, consistencyShape).then(consistency).catch(leftOut),
    ]);
    return views.filter((view) => view !== undefined);
  }

  /** The words in which each measure is defined; the figures are shown without them where they cannot be had. */
  private async definitions(): Promise<ReadonlyMap<string, string>> {
    const found = await this.services.metrics.get('/measures', {}, definitions).catch(() => []);
    return new Map([...found.map(({ key, definition }) => [key, definition] as const), ['consistency_of_decisions', consistencyDefined]]);
  }
}

/** A measure that cannot be had is left out; the others are shown. */
function leftOut(error: unknown): undefined {
  if (error instanceof ServiceUnavailable || error instanceof NotAllowed) return undefined;
  throw error;
}
