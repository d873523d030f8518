import type { Day, Instant } from '#libs/calendar';
import type { Cell, Figures } from '../domain/cells.js';
import { ALL, type Dimension, monthly, type Period, period, yearly } from '../domain/question.js';
import type { Reading } from './fact-reader.js';

/** What the quality subgroup is told. */
export interface ReportAsked {
  readonly asOf: Day;
  readonly knownAt: Instant | null;
  /** An ONS code, `all`, or undefined for all of them and each. */
  readonly authority: string | undefined;
  /** One key of the report alone; left out: all of them. */
  readonly only?: ReportKey | undefined;
}

export interface Report {
  as_of: Day;
  authorities: Record<string, Record<string, unknown>>;
}

const FIRST_DAY = '2023-01-01';
const FIRST_FINANCIAL_YEAR = '2023-04-01';
const TRIAGE_PERIODS = [period('2023-01-01', '2023-12-31'), period('2024-03-01', '2025-02-28'), period('2025-03-01', '2025-07-31')];
const YEAR_2023 = [period('2023-01-01', '2023-12-31')];
const YEAR_2024 = [period('2024-01-01', '2024-12-31')];

/** One measure as a report has it: every cell by authority, period and part. */
class Asked {
  private readonly byAuthority: Map<string, readonly Cell<Figures>[]>;
  private readonly byPlace: Map<string, Figures>;

  constructor(
    cells: readonly Cell<Figures>[],
    private readonly periods: readonly Period[],
    private readonly nothing: Figures,
  ) {
    this.byAuthority = Map.groupBy(cells, ({ authority }) => authority);
    // Of a split measure only its parts are asked for.
    this.byPlace = new Map(cells.map(({ authority, period, values }) => [`${authority} ${period}`, values]));
  }

  /** Each period's figures under its name. */
  byPeriod(authority: string): Record<string, Figures> {
    return Object.fromEntries(this.periods.map(({ name }, at) => [name, this.at(authority, at)]));
  }

  first(authority: string): Figures {
    return this.at(authority, 0);
  }

  byPart(authority: string): [string, Figures][] {
    return (this.byAuthority.get(authority) ?? []).map(({ part, values }) => [part ?? '', values]);
  }

  private at(authority: string, period: number): Figures {
    return this.byPlace.get(`${authority} ${period}`) ?? this.nothing;
  }
}

/** Asks for a measure of the report. */
type Ask = (key: string, periods: readonly Period[], splitBy?: Dimension) => Promise<Asked>;

interface Spans {
  readonly months: readonly Period[];
  readonly years: readonly Period[];
}

/** What the report says under each of its keys, of an authority. */
const parts = {
  triage_time: async (ask: Ask) => {
    const triage = await ask('triage_time', TRIAGE_PERIODS);
    return (authority: string) => mapValues(triage.byPeriod(authority), (figures) => (figures['decisions'] === 0 ? null : figures));
  },
  conversion_by_month_received: async (ask: Ask, { months }: Spans) => {
    const [conversion, awaiting] = [await ask('conversion', months), await ask('awaiting_triage', months)];
    return (authority: string) => withAwaiting(conversion.byPeriod(authority), awaiting.byPeriod(authority));
  },
  conversion_2023: async (ask: Ask) => {
    const conversion = await ask('conversion', YEAR_2023);
    return (authority: string) => conversion.first(authority);
  },
  unallocated_enquiries_at_month_end: async (ask: Ask, { months }: Spans) => {
    const unallocated = await ask('unallocated_enquiries', months);
    return (authority: string) => mapValues(unallocated.byPeriod(authority), (figures) => figures['waiting']);
  },
  dols_waiting_at_month_end: async (ask: Ask, { months }: Spans) => {
    const waiting = await ask('dols_waiting', months);
    return (authority: string) => waiting.byPeriod(authority);
  },
  making_safeguarding_personal_by_year: async (ask: Ask, { years }: Spans) => {
    const personal = await ask('making_safeguarding_personal', years);
    return (authority: string) => personal.byPeriod(authority);
  },
  dols_decided_by_year: async (ask: Ask, { years }: Spans) => {
    const decided = await ask('dols_decided', years);
    return (authority: string) => decided.byPeriod(authority);
  },
  repeat_concerns_2024: async (ask: Ask) => {
    const repeats = await ask('repeat_concerns', YEAR_2024);
    return (authority: string) => repeats.first(authority);
  },
  conversion_2024_by_referrer_type: async (ask: Ask) => {
    const referrers = await ask('conversion', YEAR_2024, 'referrer_type');
    return (authority: string) => withoutRate(referrers.byPart(authority));
  },
};

export type ReportKey = keyof typeof parts;
export const reportKeys = Object.keys(parts) as [ReportKey, ...ReportKey[]];

/** The report of the quality subgroup: for each authority that has anything to report, and for all of them together. */
export async function subgroupReport(reading: Reading, nothing: (key: string) => Figures, asked: ReportAsked): Promise<Report> {
  const { asOf, knownAt, only } = asked;
  const ask: Ask = async (key, periods, splitBy) =>
    new Asked(await reading.cells(key, { authority: asked.authority ?? ALL, periods, asOf, knownAt, splitBy: splitBy ?? null }), periods, nothing(key));
  const spans = { months: monthly(FIRST_DAY, asOf), years: yearly(FIRST_FINANCIAL_YEAR, asOf).filter(({ to }) => to.endsWith('-03-31')) };
  const told: [ReportKey, (authority: string) => unknown][] = [];
  for (const key of only ? [only] : reportKeys) told.push([key, await parts[key](ask, spans)]);
  const authorities = await authoritiesOf(reading, asked);
  return { as_of: asOf, authorities: Object.fromEntries(authorities.map((authority) => [authority, Object.fromEntries(told.map(([key, of]) => [key, of(authority)]))])) };
}

async function authoritiesOf(reading: Reading, { asOf, knownAt, authority }: ReportAsked): Promise<string[]> {
  const all = [...(await reading.authorities({ asOf, knownAt })), ALL];
  return authority === undefined ? all : all.filter((one) => one === authority);
}

function withAwaiting(conversion: Record<string, Figures>, awaiting: Record<string, Figures>): Record<string, Figures> {
  return Object.fromEntries(
    Object.entries(conversion).map(([month, figures]) => [
      month,
      { ...figures, awaiting_triage_at_month_end: awaiting[month]?.['waiting'] ?? 0 },
    ]),
  );
}

function withoutRate(parts: [string, Figures][]): Record<string, Figures> {
  const sorted = parts.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([part, { concerns = 0, s42_enquiries = 0 }]) => [part, { concerns, s42_enquiries }]));
}

function mapValues<Value, Other>(record: Record<string, Value>, map: (value: Value) => Other): Record<string, Other> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
