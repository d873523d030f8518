import { Temporal } from 'temporal-polyfill';
import { dayInWords, type FormError, listInWords, monthInWords } from '#libs/pages';
import { authorityItems, authorityName, mayAskAbout, WEST_NORTHAMPTONSHIRE } from '../authorities.js';
import { paths } from '../paths.js';
import { conversion2023, conversionByMonth } from './measures/conversion.js';
import { dolsDecided, dolsWaiting } from './measures/dols.js';
import { type Oldest, oldest as oldestView } from './measures/oldest.js';
import { makingSafeguardingPersonal } from './measures/personal.js';
import { type RecentTriage, triageTime } from './measures/triage-time.js';
import { unallocated } from './measures/unallocated.js';
import { conversionByReferrer, type Referrers, repeatConcerns, type Repeats } from './measures/who-raises.js';
import { type MeasureView, tableInWords } from './measure-view.js';
import { type AuthorityReport, lastBusyMonth } from './report.js';

export interface BoardChoice {
  asOf: string;
  authority: string;
  /** The day that was meant, where nothing had been received for months and an earlier one tells more. */
  insteadOf?: string;
}

/** The last day that the published report of the Care Quality Commission covers. */
export const LAST_PUBLISHED_DAY = '2025-07-31';

/** Under which names the metrics service defines what a measure of the report shows. */
const DEFINED_AS: Record<string, string[]> = {
  triage_time: ['triage_time'],
  conversion_by_month_received: ['conversion', 'undecided_concerns', 'awaiting_triage'],
  conversion_2023: ['conversion'],
  unallocated_enquiries_at_month_end: ['unallocated_enquiries'],
  dols_waiting_at_month_end: ['dols_waiting'],
  dols_decided_by_year: ['dols_decided'],
  making_safeguarding_personal_by_year: ['making_safeguarding_personal'],
  repeat_concerns: ['repeat_concerns'],
  conversion_by_referrer_type: ['conversion'],
  oldest_waiting: ['oldest_waiting'],
  wishes_at_triage: ['wishes_at_triage'],
  not_safeguarding_reasons: ['not_safeguarding_reasons'],
  safeguarding_adult_review_referrals: ['safeguarding_adult_review_referrals'],
  telling_referrers: ['telling_referrers'],
  decisions_without_named_person: ['decisions_without_named_person'],
};

/** What is asked for besides a report. Where it cannot be had, the board is shown without it. */
export interface Besides {
  recentTriage?: RecentTriage | undefined;
  /** How many of the concerns of the newest month nobody has decided. */
  undecided?: number | undefined;
  /** How long the oldest had waited at the end of each of twelve months. */
  oldest?: Oldest | undefined;
  repeats?: Repeats | undefined;
  referrers?: Referrers | undefined;
  /** Measures that no report has. */
  views?: readonly MeasureView[];
}

/** Every measure, those of the report in the order in which a board reads them. */
export function measures(report: AuthorityReport, { asOf, authority }: BoardChoice, { recentTriage, undecided, oldest, repeats, referrers, views = [] }: Besides = {}): MeasureView[] {
  const comparable = authority === WEST_NORTHAMPTONSHIRE;
  return [
    triageTime(report, asOf, recentTriage),
    conversionByMonth(report, comparable, { asOf, undecided, oldestDays: oldest?.periods.at(-1)?.figures.oldest_days }),
    ...(oldest ? [oldestView(oldest, asOf)] : []),
    conversion2023(report, comparable),
    unallocated(report, comparable, asOf),
    dolsWaiting(report, comparable, asOf),
    dolsDecided(report),
    makingSafeguardingPersonal(report),
    ...(repeats ? [repeatConcerns(repeats, asOf)] : []),
    ...(referrers ? [conversionByReferrer(referrers, asOf)] : []),
    ...views,
  ];
}

/** What the board page shows of a report, as of a day, for one authority or both. */
export function boardPage(report: AuthorityReport, choice: BoardChoice, definitions: ReadonlyMap<string, string>, besides?: Besides) {
  const views = measures(report, choice, besides);
  const comparable = choice.authority === WEST_NORTHAMPTONSHIRE;
  const query = { as_of: choice.asOf, authority: choice.authority };
  return {
    ...choiceForm(choice, []),
    heading: `Safeguarding in ${authorityName(choice.authority)}`,
    asOfInWords: dayInWords(choice.asOf),
    comparable,
    instead: choice.insteadOf && {
      month: monthInWords(choice.asOf.slice(0, 7)),
      day: dayInWords(choice.insteadOf),
      href: paths.board({ ...query, as_of: choice.insteadOf }),
    },
    compareHref: mayAskAbout(WEST_NORTHAMPTONSHIRE, 'measures.read') ? paths.board({ ...query, authority: WEST_NORTHAMPTONSHIRE }) : undefined,
    tiles: views.flatMap(({ key, tile, tileBefore }) => [tileBefore, tile].flatMap((one) => (one ? [{ ...one, href: `#${key}` }] : []))),
    measures: views.map((view) => ({
      ...view,
      table: tableInWords(view.table),
      csvHref: paths.boardCsv(view.key, query),
      definitions: view.defined ? [view.defined] : (DEFINED_AS[view.key] ?? []).flatMap((key) => definitions.get(key) ?? []),
      ...beside(view.published),
      hasMarks: view.charts.some((chart) => chart.kind === 'line' && chart.published.length > 0),
    })),
  };
}

function beside(published: MeasureView['published']) {
  return {
    besideRows: published.map(({ what, published, ours }) => [what, published, ours]),
    publishedInWords: listInWords(published.map(({ what, published }) => `${published} (${lowerFirst(what)})`)),
    publishedNote: published.flatMap(({ what, source }) => (source ? [`${lowerFirst(what)}, ${source}`] : [])).join('; '),
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/**
 * The last day of the newest month with a concern, when that is neither this month nor the one before: what was brought
 * from another system may end long ago, and a board opened at today would show nothing but gaps.
 */
export function quietSince(report: AuthorityReport, today: string): string | undefined {
  const busy = lastBusyMonth(report);
  const before = Temporal.PlainYearMonth.from(today.slice(0, 7)).subtract({ months: 1 }).toString();
  if (!busy || busy >= before) return undefined;
  const month = Temporal.PlainYearMonth.from(busy);
  return month.toPlainDate({ day: month.daysInMonth }).toString();
}

/** The form above the report; alone, when what was chosen is no day or no authority. */
export function choiceForm({ asOf, authority }: BoardChoice, errors: FormError[]) {
  return {
    title: 'Board report',
    here: paths.board(),
    errors,
    asOf,
    authority,
    authorityItems: authorityItems(authority, 'measures.read'),
    publishedDayHref: paths.board({ as_of: LAST_PUBLISHED_DAY, authority }),
    publishedDay: asOf === LAST_PUBLISHED_DAY ? undefined : dayInWords(LAST_PUBLISHED_DAY),
  };
}
