import type { Client } from 'pg';

/** One figure, by where it stands: council, measure, period or part, name. */
export type FiguresByPlace = Map<string, number>;

interface Row {
  authority: string;
  place: string;
  figures: Record<string, number | string | null>;
}

/** The day that is asked about, its end, and the months from January 2023 to its own, each with its beginning and its end. */
const asked = `
asked as (select $1::date as day, ($1::date + 1)::timestamp at time zone 'Europe/London' as ends),
month as (
  select to_char(begins, 'YYYY-MM') as name, begins at time zone 'Europe/London' as begins,
    least((begins + interval '1 month') at time zone 'Europe/London', ends) as ends,
    least((begins + interval '1 month')::date - 1, day) as last_day
  from asked, generate_series(timestamp '2023-01-01', date_trunc('month', $1::date::timestamp), interval '1 month') begins),
year as (
  select to_char(begins, 'YYYY') || '-' || to_char(begins + interval '1 year', 'YY') as name, begins at time zone 'Europe/London' as begins,
    (begins + interval '1 year') at time zone 'Europe/London' as ends
  from asked, generate_series(timestamp '2023-04-01', $1::date::timestamp, interval '1 year') begins
  where begins + interval '1 year' <= day + 1),
period (name, begins, ends) as (
  select name, from_day::timestamp at time zone 'Europe/London', least((to_day + 1)::timestamp at time zone 'Europe/London', ends)
  from asked, (values ('2023-01-01/2023-12-31', date '2023-01-01', date '2023-12-31'), ('2024-03-01/2025-02-28', '2024-03-01', '2025-02-28'),
    ('2025-03-01/2025-07-31', '2025-03-01', '2025-07-31')) told (name, from_day, to_day))`;

const days = `extract(epoch from decided_at - received_at) / 86400`;
const inYear = (year: number, at: string): string =>
  `${at} >= timestamp '${year}-01-01' at time zone 'Europe/London' and ${at} < least(timestamp '${year + 1}-01-01' at time zone 'Europe/London', (select ends from asked))`;
const isConverted = `outcome = 's42_enquiry' and decided_at < (select ends from asked)`;
/** Each council's figures and, in the same pass, those of all of them. */
const everybodys = `coalesce(authority, 'all') as authority`;

/** What a good analyst would write for the report of the quality subgroup: one plain statement for each measure. */
export const report: Readonly<Record<string, string>> = {
  triage_time: `
    select ${everybodys}, period.name as place, jsonb_build_object('decisions', count(*), 'mean_days', round(avg(${days}), 2),
      'median_days', round(percentile_cont(0.5) within group (order by ${days})::numeric, 2),
      'within_24_hours', count(*) filter (where decided_at - received_at <= interval '24 hours'),
      'within_5_days', count(*) filter (where decided_at - received_at <= interval '120 hours')) as figures
    from period join analyst.concern on decided_at >= period.begins and decided_at < period.ends
    group by period.name, rollup (authority)`,
  conversion_by_month_received: `
    select ${everybodys}, month.name as place, jsonb_build_object('concerns', count(*), 's42_enquiries', count(*) filter (where ${isConverted}),
      'rate_percent', round(100.0 * count(*) filter (where ${isConverted}) / count(*), 2)) as figures
    from month join analyst.concern on received_at >= month.begins and received_at < month.ends
    group by month.name, rollup (authority)`,
  awaiting_triage_at_month_end: `
    select ${everybodys}, month.name as place, jsonb_build_object('awaiting_triage_at_month_end', count(*)) as figures
    from month join analyst.concern on received_at < month.ends and (decided_at is null or decided_at >= month.ends)
    group by month.name, rollup (authority)`,
  conversion_2023: `
    select ${everybodys}, '' as place, jsonb_build_object('concerns', count(*), 's42_enquiries', count(*) filter (where ${isConverted}),
      'rate_percent', round(100.0 * count(*) filter (where ${isConverted}) / nullif(count(*), 0), 2)) as figures
    from analyst.concern where ${inYear(2023, 'received_at')} group by rollup (authority)`,
  unallocated_enquiries_at_month_end: `
    select ${everybodys}, '' as place, jsonb_build_object(month.name, count(*)) as figures
    from month join analyst.enquiry on kind = 's42' and opened_at < month.ends and (allocated_at is null or allocated_at >= month.ends)
    group by month.name, rollup (authority)`,
  dols_waiting_at_month_end: `
    select ${everybodys}, month.name as place, jsonb_build_object('waiting', count(*),
      'median_days', percentile_cont(0.5) within group (order by month.last_day - (received_at at time zone 'Europe/London')::date),
      'max_days', max(month.last_day - (received_at at time zone 'Europe/London')::date),
      'new', count(*) filter (where kind = 'new'), 'renewal', count(*) filter (where kind = 'renewal')) as figures
    from month join analyst.dols_request on received_at < month.ends and (decided_at is null or decided_at >= month.ends)
    group by month.name, rollup (authority)`,
  making_safeguarding_personal_by_year: `
    select ${everybodys}, year.name as place, jsonb_build_object('concluded', count(*), 'not_asked', count(*) filter (where outcomes_asked = 'not_asked'),
      'expressed', count(*) filter (where outcomes_asked = 'asked_and_expressed'),
      'fully_or_partially_achieved', count(*) filter (where outcomes_asked = 'asked_and_expressed' and outcomes_achieved in ('fully_achieved', 'partially_achieved')),
      'lacking_capacity', count(*) filter (where mental_capacity = 'lacks_capacity'),
      'lacking_capacity_supported', count(*) filter (where mental_capacity = 'lacks_capacity' and advocate = 'yes')) as figures
    from year join analyst.enquiry on kind = 's42' and concluded_at >= year.begins and concluded_at < year.ends
    group by year.name, rollup (authority)`,
  dols_decided_by_year: `
    select ${everybodys}, year.name as place, jsonb_build_object('decided', count(*), 'granted', count(*) filter (where outcome = 'granted'),
      'within_21_days', count(*) filter (where (decided_at at time zone 'Europe/London')::date - (received_at at time zone 'Europe/London')::date <= 21)) as figures
    from year join analyst.dols_request on decided_at >= year.begins and decided_at < year.ends
    group by year.name, rollup (authority)`,
  repeat_concerns_2024: `
    select authority, '' as place, jsonb_build_object('concerns', count(*), 'repeats_within_365_days', count(*) filter (where is_repeat)) as figures
    from (
      select authority, exists (select from analyst.concern before where before.person_id = concern.person_id and before.authority = concern.authority
        and before.received_at < concern.received_at and before.received_at >= concern.received_at - interval '8760 hours') as is_repeat
      from analyst.concern where ${inYear(2024, 'received_at')}
      union all
      select 'all', exists (select from analyst.concern before where before.person_id = concern.person_id
        and before.received_at < concern.received_at and before.received_at >= concern.received_at - interval '8760 hours')
      from analyst.concern where ${inYear(2024, 'received_at')}
    ) judged group by authority`,
  conversion_2024_by_referrer_type: `
    select ${everybodys}, coalesce(referrer_type, 'not_known') as place,
      jsonb_build_object('concerns', count(*), 's42_enquiries', count(*) filter (where ${isConverted})) as figures
    from analyst.concern where ${inYear(2024, 'received_at')} group by coalesce(referrer_type, 'not_known'), rollup (authority)`,
};

/** The same report as rows and nothing more. */
export async function analystsReport(client: Client, asOf: string): Promise<FiguresByPlace> {
  const found: FiguresByPlace = new Map();
  for (const [measure, sql] of Object.entries(report)) {
    const { rows } = await client.query<Row>(`with ${asked} ${sql}`, [asOf]);
    for (const { authority, place, figures } of rows) put(found, [authority, nameIn(measure), place], figures);
  }
  return found;
}

/** Two statements make one key of the report. */
const nameIn = (measure: string): string => (measure === 'awaiting_triage_at_month_end' ? 'conversion_by_month_received' : measure);

function put(found: FiguresByPlace, place: string[], figures: Row['figures']): void {
  for (const [name, figure] of Object.entries(figures)) {
    // What is nothing or not to be worked out stands nowhere, so that a month without a row equals one of zeros.
    if (figure !== null && Number(figure) !== 0) found.set([...place, name].filter(Boolean).join(' '), Number(figure));
  }
}

/** The product's report in the same form. */
export function figuresOf(told: object): FiguresByPlace {
  const found: FiguresByPlace = new Map();
  const walk = (value: unknown, place: string[]): void => {
    if (typeof value === 'number' && value !== 0) found.set(place.join(' '), value);
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, [...place, key]);
  };
  walk(told, []);
  return found;
}

/** Where two sides do not say the same; a mean or a median may differ in its last decimal, since one of them is worked out in floating point. */
export function differences(one: FiguresByPlace, other: FiguresByPlace): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((place) => Math.abs((one.get(place) ?? 0) - (other.get(place) ?? 0)) > 0.0101)
    .map((place) => `${place}: ${one.get(place) ?? 'nothing'} and ${other.get(place) ?? 'nothing'}`);
}
