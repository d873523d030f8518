-- Once per site and database, after its roles: a schema of its own (sessions, drafts), which its migrations own and the site may use.
grant connect on database {database} to {site}_app, {site}_migrate;
grant {site}_migrate to current_user;
create schema if not exists {site} authorization {site}_migrate;
grant usage on schema {site} to {site}_app;
