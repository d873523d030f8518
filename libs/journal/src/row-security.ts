import { restrictedToo, unread } from './sight.js';

/** In a policy: whom the transaction was told of, asked once a statement. The cast makes it an array to PostgreSQL, and no subquery. */
const seen = `(select seen_authorities())::text[]`;

const seesAll = `'*' = any (${seen})`;

/**
 * The same where it is seldom asked, or once: a question without a plan of its own. PostgreSQL makes each plan ready before it
 * runs a statement, whether or not it comes to that, and a statement on a story has many: that took longer than the rest of it.
 */
const seenNow = 'seen_authorities()';

/**
 * Which rows of a table a transaction of `SERVICE_app` sees and writes, as a condition. What is mostly so is asked first, and
 * nothing is asked after what is so.
 */
export const shares = {
  /** Those of the authorities that it was told of, by a column that says whose each is. */
  authority: (column = 'authority'): string => `${column} = any (${seen}) or ${seesAll}`,
  /** The same of a table that is counted as a whole, mostly by who sees all: whether they do is asked once a statement, and not of every row. */
  counted: `(select '*' = any (seen_authorities())) or authority = any (${seen})`,
  /** Of a journal: those of the authorities, and the stories of records that somebody raised of whom it was told (`begunByFunction`). */
  stories: `authority = any (${seen}) or ${seesAll} or begun_by(journal.record_id) = any (${seenNow})`,
  /** The same of a table that says who raised each. */
  raised: (column: string): string => `authority = any (${seen}) or ${seesAll} or '@' || ${column} = any (${seen})`,
  /** Those of records of which it sees the story. */
  story: (column: string): string => `exists (select from journal where journal.record_id = ${column}) or '*' = any (${seenNow})`,
  /** Those for which something else holds besides; everybody's for whoever sees all. */
  where: (condition: string): string => `${seesAll} or ${condition}`,
  /** Everybody's, for programs that see all. */
  all: seesAll,
  /** All of them, as long as it says for whom it runs: the table holds nothing of anybody, or is found by what only they know. */
  told: `${seenNow} is not null`,
  /** The same of a table that is read as a whole: asked once a statement, and not of every row. */
  toldOnce: `${seen} is not null`,
  /** None: it has no business there. */
  none: 'false',
} as const;

/** In a condition: one of the authorities that a transaction was told of. */
export const amongSeen = (column: string): string => `${column} = any (${seen})`;

/** What a transaction of `SERVICE_app` sees of each table; where it may write more than it sees, both. */
export type Shares = Readonly<Record<string, string | { sees: string; writes: string }>>;

const restrictionMeans = `comment on table restriction is 'Whom a restricted record is open to, one row each. With a time until which: they broke the glass, and a record with such rows alone is not restricted. A row of nobody says only how far what was told of it has come. Where it is kept: whom the record is kept from, whoever it is open to; with a time, no more.';
comment on column restriction.why is 'Why it is kept from them, as a code, where this service says so itself.';
`;

/** Which records are restricted, and to whom. Run by SERVICE_migrate, once a schema whose records can be. */
export const restrictionTable = (service: string): string => `
create table restriction (
  record_id uuid not null,
  named text not null,
  authority text not null,
  since timestamptz not null,
  until timestamptz,
  sequence int not null,
  kept boolean not null default false,
  why text,
  primary key (record_id, named, kept)
);
${restrictionMeans}create index restriction_named on restriction (named, since desc);
create index restriction_glass on restriction (authority, since desc) where until is not null;
create index restriction_kept on restriction (authority, since desc) where kept;
grant select, insert, update, delete on restriction to ${service}_app;
grant select, insert, update, delete, truncate on restriction to ${service}_maintain;
${guardTables(service, { restriction: shares.told })}${isShownFunction(service)}`;

/**
 * The one condition that hides a restricted record: whoever reads is named, or has broken the glass and their time is not
 * over; and that hides one from whoever it is kept from. A policy that everything that shows these tables' rows to `app` has to meet besides its share. `record` is the column
 * that says whose record a row belongs to; `or`, who sees it all the same.
 */
export const hideRestricted = (service: string, tables: Hidden): string => eachHidden(tables, (table, condition) => `create policy restricted on ${table} as restrictive to ${service}_app using (${condition});\n`);

type Hidden = Readonly<Record<string, { record: string; or?: string }>>;

const eachHidden = (tables: Hidden, statement: (table: string, condition: string) => string): string =>
  Object.entries(tables)
    .map(([table, { record, or }]) => statement(table, `${isShownInPolicy(`${table}.${record}`)}${or === undefined ? '' : ` or ${or}`}`))
    .join('');

/** The same where records can be restricted already: whom one is kept from is asked as well. Run by SERVICE_migrate. */
export const keepFromSome = (service: string, tables: Hidden): string => `
alter table restriction add column if not exists kept boolean not null default false, add column if not exists why text;
alter table restriction drop constraint restriction_pkey, add primary key (record_id, named, kept);
create index if not exists restriction_kept on restriction (authority, since desc) where kept;
${restrictionMeans}${isShownFunction(service)}${eachHidden(tables, (table, condition) => `alter policy restricted on ${table} using (${condition});\n`)}`;

/** Of most records there is no row at all, which one look at the index tells. */
const isShown = (record: string): string => `${seesAll} or '${restrictedToo}' = any (${seen})
  or not exists (select from restriction where record_id = ${record})
  or (not exists (select from restriction where record_id = ${record} and kept and until is null and '~' || named = any (${seen}))
    and (not exists (select from restriction where record_id = ${record} and not kept and until is null)
      or exists (select from restriction where record_id = ${record} and not kept and '~' || named = any (${seen}) and (until is null or until > now()))))`;

/** The same as a policy asks it. Of the few records with a row a function asks the rest: in the policy itself it would be made ready for every statement on a story, which took longer than the rest of it. */
const isShownInPolicy = (record: string): string => `not exists (select from restriction where record_id = ${record}) or is_shown(${record})`;

/** Not in SQL, which PostgreSQL would put in the policy's place. */
const isShownFunction = (service: string): string => `
create or replace function is_shown(asked uuid) returns boolean language plpgsql stable parallel safe set search_path = ${service}, pg_temp as $$
begin
  return ${isShown('asked')};
end $$;
comment on function is_shown is 'Whether a record of which there is a row in restriction is shown to whom the transaction was told of.';
`;

/** In a condition, where no policy can ask it: whether a record, by a column with its id, is restricted and not open to whom the transaction was told of. */
export const isHidden = (record: string): string => `not (${isShown(record)})`;

/** In a condition: what a transaction was told of somebody by name, as `raisedBy` says it. */
export const raisedByOne = (column: string): string => `'@' || ${column} = any (${seenNow})`;
export const begunByOne = (record: string): string => `begun_by(${record}) = any (${seenNow})`;

/** The function that policies ask. Whoever did not say for whom they run is told so, instead of being shown nothing. */
const seenAuthorities = `
create function seen_authorities() returns text[] language plpgsql stable parallel safe as $$
declare
  told text := current_setting('caseward.authorities', true);
begin
  -- A session in which an earlier transaction said it has the setting still, and nothing in it.
  if coalesce(told, '') = '' then
    raise exception 'this transaction does not say for whom it runs' using errcode = 'insufficient_privilege';
  end if;
  return string_to_array(told, ',');
end $$;
comment on function seen_authorities is 'The authorities of whose rows the transaction was told; * for all of them.';
`;

/** Once a schema, before its tables are guarded: the function that policies ask. Run by SERVICE_migrate. */
export const guardSchema = (): string => seenAuthorities;

/** Who began a record's story, as a sight names them: a policy on the journal cannot ask the journal again. Run by SERVICE_migrate. */
export const begunByFunction = (service: string): string => `
create function begun_by(asked uuid) returns text language sql stable security definer cost 1 set search_path = ${service}, pg_temp as $$
  select '@' || journal.actor from journal where journal.record_id = asked and journal.sequence = 1
$$;
comment on function begun_by is 'Who told the first event of a record, as a transaction is told of them.';
revoke all on function begun_by from public;
grant execute on function begun_by to ${service}_app;
`;

const condition = (share: Shares[string]): string => (typeof share === 'string' ? `using (${share})` : `using (${share.sees}) with check (${share.writes})`);

/**
 * Forced row-level security on these tables: `app` has its share; the relay, who maintains and who migrates go on seeing
 * every row, since one that the relay does not see is an event lost in silence. What each may do with a table is granted
 * elsewhere. Run by SERVICE_migrate.
 */
export const guardTables = (service: string, tables: Shares): string =>
  Object.entries(tables)
    .map(
      ([table, share]) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy of_app on ${table} to ${service}_app ${condition(share)};
create policy of_all on ${table} to ${service}_relay, ${service}_maintain, ${service}_migrate using (true);
`,
    )
    .join('');

/** The same shares of tables that are guarded already, as they are said now. Run by SERVICE_migrate. */
export const guardAnew = (tables: Shares): string => Object.entries(tables).map(([table, share]) => `alter policy of_app on ${table} ${condition(share)};\n`).join('');

/** Lets the auditor of a service read these tables, and nothing else. Run by SERVICE_migrate. */
export const letAuditorRead = (service: string, tables: readonly string[]): string =>
  tables.map((table) => `grant select on ${table} to ${service}_auditor;\ncreate policy of_auditor on ${table} for select to ${service}_auditor using (true);\n`).join('');

/** What every service with a journal has, and what `app` sees of it. A service whose records are shared says otherwise of some. */
export const journalShares: Shares = {
  journal: shares.authority(),
  // Partners whose tenant is no council's read for nobody's; an administrator reads rows that nobody can place, for their own.
  read_audit: { sees: shares.authority(), writes: `${amongSeen('authority')} or authority is null or '*' = any (${seenNow}) or '${unread}' = any (${seenNow})` },
  record_key: shares.story('record_key.record_id'),
  narrative: shares.story('narrative.record_id'),
  outbox: shares.told,
  idempotency: shares.told,
  alias: shares.told,
  relay_state: shares.none,
  seal: shares.none,
};

/** What every service that takes messages has: the ids of messages, which belong to nobody. */
export const messageShares: Shares = {
  inbox: shares.told,
  dead_letter: shares.told,
  parked: shares.told,
  resending: shares.told,
};

/** Keys that were put aside: the trigger that keeps whoever wraps from using one runs as whoever wraps. */
export const keyShares: Shares = { retired_key: shares.told };

/** Words that say why: encrypted, and named by a row of a log that is guarded. They are written before that row, and read with one that a function found past the policies. */
export const reasonShares: Shares = { reason: shares.told };

/** What an auditor reads of a service: who did what and who read what, in ids and codes; no key and no word. */
export const auditorReads = ['journal', 'read_audit', 'resending', 'seal'] as const;
