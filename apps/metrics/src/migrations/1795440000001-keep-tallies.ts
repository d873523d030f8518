import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTables, shares } from '#libs/journal';

const table = `
create table tally (
  counted text collate "C" not null,
  authority text collate "C" not null,
  day date not null,
  month date not null default 'infinity',
  part text collate "C" not null default '',
  cases bigint not null,
  micros bigint not null default 0,
  primary key (counted, authority, day, month, part)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
comment on table tally is 'How many cases that hold now something happened to on a day in London; what ended something counts as less than none. It changes with the facts.';
comment on column tally.month is 'Of s42_enquiries the first day of the month in which the concern was received, of requests of that in which each was decided; infinity where there is none.';
comment on column tally.part is 'Who raised it; the kind of request; of first_decisions_by_length, which are kept by the first day of their month, how many times six hours they took, begun ones included; elsewhere one letter for each thing that holds of the case.';
comment on column tally.micros is 'Of first_decisions how long they took together.';
grant select, insert, update on tally to metrics_app;
grant select on tally to metrics_maintain;
`;

const london = (column: string): string => `(${column} at time zone 'Europe/London')::date`;
const month = (day: string): string => `date_trunc('month', ${day}::timestamp)::date`;
const when = (condition: string, day: string): string => `case when ${condition} then ${day} end`;
/** One letter for each condition that holds. */
const letters = (conditions: Readonly<Record<string, string>>): string =>
  `concat(${Object.entries(conditions).map(([letter, condition]) => `case when ${condition} then '${letter}' end`).join(', ')})`;

type Mark = [counted: string, day: string, more?: { month?: string; part?: string; cases?: string; micros?: string }];

/** What is counted of each case; a day that is null counts nothing. A decision counts from the later of its day and the day received, since nothing counts before its case. */
const concern: readonly Mark[] = ((): Mark[] => {
  const isS42 = `f.outcome = 's42_enquiry'`;
  const awaits = `f.waiting_from is not null and (f.decided_at is null or f.decided_at > f.waiting_from)`;
  const referrer = `coalesce(f.referrer_type, 'not_known')`;
  const converted = (counted: string, part: string): Mark[] => [
    [counted, when(isS42, 'greatest(received_on, decided_on)'), { month: month('received_on'), part }],
    [counted, when(`${isS42} and replaced_on is not null`, 'greatest(received_on, replaced_on)'), { month: month('received_on'), part, cases: '-1' }],
  ];
  return [
    ['concerns', when('f.nth = 1', 'received_on')],
    ['concerns_by_referrer', when('f.nth = 1', 'received_on'), { part: referrer }],
    ...converted('s42_enquiries', `''`),
    ...converted('s42_enquiries_by_referrer', referrer),
    ['first_decisions', when('f.nth = 1', 'decided_on'), { part: letters({ h: 'f.elapsed_micros <= 86400000000', d: 'f.elapsed_micros <= 432000000000' }), micros: 'f.elapsed_micros' }],
    ['first_decisions_by_length', when('f.nth = 1', month('decided_on')), { part: 'metrics.six_hours(f.elapsed_micros)::text' }],
    ['awaiting', when(awaits, 'waiting_on')],
    ['awaiting', when(awaits, 'decided_on'), { cases: '-1' }],
  ];
})();

const enquiry: readonly Mark[] = ((): Mark[] => {
  const isS42 = `f.kind = 's42'`;
  const awaits = `${isS42} and (f.allocated_at is null or f.allocated_at > f.opened_at)`;
  const [expressed, lacking] = [`f.outcomes_asked = 'asked_and_expressed'`, `f.mental_capacity = 'lacks_capacity'`];
  const part = letters({
    n: `f.outcomes_asked = 'not_asked'`,
    e: expressed,
    a: `${expressed} and f.outcomes_achieved in ('fully_achieved', 'partially_achieved')`,
    l: lacking,
    s: `${lacking} and f.advocate = 'yes'`,
  });
  return [
    ['unallocated', when(awaits, 'opened_on')],
    ['unallocated', when(awaits, 'allocated_on'), { cases: '-1' }],
    ['concluded', when(isS42, 'concluded_on'), { part }],
  ];
})();

const dols: readonly Mark[] = [
  ['requests', 'f.received_on', { month: `coalesce(${month('f.decided_on')}, 'infinity')`, part: 'f.kind' }],
  ['decided', 'f.decided_on', { part: letters({ g: `f.outcome = 'granted'`, w: 'f.decided_on - f.received_on <= 21' }) }],
];

export interface Kind {
  /** The columns that anything is counted by, so that what is counted does not depend on which others there are. */
  columns: string;
  days: Readonly<Record<string, string>>;
  marks: readonly Mark[];
}

export const kinds: Readonly<Record<string, Kind>> = {
  concern_fact: {
    columns: `authority text, known_until timestamptz, nth int, received_at timestamptz, waiting_from timestamptz, decided_at timestamptz, replaced_at timestamptz,
      outcome text, elapsed_micros bigint, referrer_type text`,
    days: { received_on: 'received_at', waiting_on: 'waiting_from', decided_on: 'decided_at', replaced_on: 'replaced_at' },
    marks: concern,
  },
  enquiry_fact: {
    columns: `authority text, known_until timestamptz, kind text, opened_at timestamptz, allocated_at timestamptz, concluded_at timestamptz,
      outcomes_asked text, outcomes_achieved text, mental_capacity text, advocate text`,
    days: { opened_on: 'opened_at', allocated_on: 'allocated_at', concluded_on: 'concluded_at' },
    marks: enquiry,
  },
  dols_fact: { columns: 'authority text, known_until timestamptz, received_on date, kind text, decided_on date, outcome text', days: {}, marks: dols },
};

/** The columns of each mark, as SQL. */
export const markColumns = ({ marks }: Kind): string[][] =>
  marks.map(([counted, day, more = {}]) => [`'${counted}'`, day, `${more.month ?? `'infinity'`}::date`, more.part ?? `''`, more.cases ?? '1', `(${more.micros ?? '0'})::bigint`]);

/** What is counted of one fact, a row each. */
export const markRows = (kind: Kind): string =>
  `(values ${markColumns(kind).map((columns) => `(${columns.join(', ')})`).join(',\n')}) mark (counted, day, month, part, cases, micros)`;

/** A statement that adds to `tally` what is counted of facts, each so many times; what comes to nothing changes no row. */
function adding(kind: Kind, facts: string, times = '1'): string {
  const named = Object.entries(kind.days).map(([day, column]) => `${london(`f.${column}`)} as ${day}`);
  return `insert into tally as held (counted, authority, day, month, part, cases, micros)
    select mark.counted, f.authority, mark.day, mark.month, mark.part, sum(${times} * mark.cases), sum(${times} * mark.micros)
    from ${facts} f ${named.length > 0 ? `cross join lateral (select ${named.join(', ')}) days` : ''}
      cross join lateral ${markRows(kind)}
    where f.known_until is null and mark.day is not null
    group by 1, 2, 3, 4, 5 having sum(${times} * mark.cases) <> 0 or sum(${times} * mark.micros) <> 0 order by 1, 2, 3, 4, 5
    on conflict (counted, authority, day, month, part) do update set cases = held.cases + excluded.cases, micros = held.micros + excluded.micros`;
}

/** The functions name no schema: beside the live facts they find the live tally, beside the shadow ones that of the shadow. */
const keeping = Object.entries(kinds)
  .map(
    ([facts, kind]) => `
create function tally_${facts}(gone jsonb, come jsonb) returns void language plpgsql as $$
begin
  ${adding(kind, `(select -1 as times, * from jsonb_to_recordset(gone) was (${kind.columns}) union all select 1, * from jsonb_to_recordset(come) became (${kind.columns}))`, 'f.times')};
end $$;
comment on function tally_${facts} is 'Counts facts that came, and no longer counts those in whose place they came.';
revoke all on function tally_${facts} from public;
grant execute on function tally_${facts} to metrics_app, metrics_maintain;
`,
  )
  .join('');

const six = `
create function six_hours(micros bigint) returns int language sql immutable parallel safe as $$ select ceil(micros / 21600000000.0)::int $$;
comment on function six_hours is 'In how many times six hours something was done: 4 is more than 18 hours and at most 24.';
`;

const index = `
create index concern_fact_elapsed on concern_fact (elapsed_micros) include (authority, decided_at) where known_until is null and nth = 1;
create index concern_fact_now on concern_fact (id) include (authority, person_id, age_band, referrer_type) where known_until is null and nth = 1;
drop index enquiry_fact_concluded;
create index enquiry_fact_concluded on enquiry_fact (concluded_at)
  include (authority, kind, concern_id, outcomes_asked, outcomes_achieved, mental_capacity, advocate) where known_until is null;
create index person_fact_now on person_fact (id) include (gender, ethnicity, primary_support_reason, local_area) where known_until is null;
`;

const shadow = `
create function tally_shadow() returns void language plpgsql security definer set search_path = metrics_shadow, metrics, pg_temp as $$
begin
  drop table if exists metrics_shadow.tally;
  create table metrics_shadow.tally (like metrics.tally including all);
  grant select, insert, update on metrics_shadow.tally to metrics_maintain;
  ${Object.entries(kinds).map(([name, kind]) => `${adding(kind, `metrics_shadow.${name}`)};`).join('\n')}
  analyze metrics_shadow.tally;
end $$;
comment on function tally_shadow is 'Counts the shadow facts; what is caught up with after is counted as it comes.';

create or replace function close_shadow() returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
declare
  name text;
begin
  foreach name in array array['inbox', 'event', 'disposed_person', 'concern_fact', 'enquiry_fact', 'dols_fact', 'person_fact', 'alias_fact', 'tally'] loop
    execute format('drop table if exists metrics_shadow.%I', name);
  end loop;
end $$;

alter function swap_shadow() rename to exchange_shadow;
create function swap_shadow() returns void language plpgsql security definer set search_path = metrics, pg_temp as $$
begin
  perform exchange_shadow();
  delete from metrics.tally;
  insert into metrics.tally select * from metrics_shadow.tally where cases <> 0;
end $$;
comment on function swap_shadow is 'Puts the shadow tables in the place of the live ones, and what was counted in them in the place of the tally.';
revoke all on function tally_shadow, swap_shadow, exchange_shadow from public;
revoke all on function exchange_shadow from metrics_maintain;
grant execute on function tally_shadow, swap_shadow to metrics_maintain;
`;

/** What the report asks of all cases is counted as they change, by day, so that asking costs no more with ten times as many. */
export class KeepTallies1795440000001 implements MigrationInterface {
  name = 'KeepTallies1795440000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(six + table + guardTables('metrics', { tally: shares.authority() }));
    for (const [facts, kind] of Object.entries(kinds)) await runner.query(adding(kind, facts));
    await runner.query(keeping + index + shadow);
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
