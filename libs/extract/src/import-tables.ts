import { shares, unread } from '#libs/journal';
import { keptScope } from './source.js';

/** What a service that takes one file of a legacy extract keeps about its rows. Run by SERVICE_migrate within its schema. */
export const importTables = (service: string): string => `
create table extract_row (
  scope uuid not null,
  reference text not null,
  fingerprint bytea not null,
  run uuid not null,
  detail jsonb not null default '{}',
  held_at timestamptz not null default now(),
  primary key (scope, reference)
);
create index extract_row_of_dry_runs on extract_row (held_at) where scope <> '${keptScope}';
comment on table extract_row is 'A row that was imported and holds its reference. The scope is nil for what is kept, or the dry run that throws it away.';

create table quarantine (
  id uuid primary key,
  file text not null,
  fingerprint bytea not null,
  line bigint not null,
  codes text[] not null check (cardinality(codes) > 0),
  cells bytea not null,
  first_seen_at timestamptz not null,
  last_run uuid not null,
  taken_at timestamptz check (taken_at is null or cells = ''),
  mended_by text check (mended_by is null or taken_at is not null),
  unique (file, fingerprint)
);
create index quarantine_waiting on quarantine (file, line, id) where taken_at is null;
comment on column quarantine.mended_by is 'Who mended the row, which then waits no more, however often it comes again.';
comment on table quarantine is 'A row that was set aside whole, its cells encrypted, until a person mends it or what it refers to comes; then they are wiped.';

create table data_quality_flag (
  file text not null,
  reference text not null,
  code text not null,
  flagged_at timestamptz not null,
  primary key (file, reference, code)
);
comment on table data_quality_flag is 'The data-quality register: an imported row that a data manager has to look at.';

grant select, insert, update, delete on extract_row to ${service}_app;
grant select, insert, update on quarantine to ${service}_app;
grant select, insert on data_quality_flag to ${service}_app;
grant select on extract_row, quarantine, data_quality_flag to ${service}_maintain;
`;

/** Whose a row is that was set aside. Of those that lie there already it can be said when they come again: their cells are encrypted. Run by SERVICE_migrate. */
export const knowWhoseRows = `
alter table quarantine add column authority text;
comment on column quarantine.authority is 'Whose the row is, as far as it can be read; null where nobody can tell.';
`;

/** What transactions see of these tables: rows of an import are everybody's at once, those set aside are their council's. */
export const importShares = {
  extract_row: shares.told,
  quarantine: shares.authority(`coalesce(authority, '${unread}')`),
  data_quality_flag: shares.told,
} as const;
