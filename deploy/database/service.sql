-- Once per service and database, after its roles: a schema that its migrations own and its other roles may use. What
-- each may do with a table is granted by the migration that makes the table.
grant connect on database {database} to {service}_app, {service}_relay, {service}_maintain, {service}_migrate, {service}_auditor;
grant {service}_migrate to current_user;
create schema if not exists {service} authorization {service}_migrate;
grant usage on schema {service} to {service}_app, {service}_relay, {service}_maintain, {service}_auditor;
alter role {service}_auditor set default_transaction_read_only = on;
-- Where what can be drawn up again is drawn up, beside the live tables and out of the way of everybody else.
create schema if not exists {service}_shadow authorization {service}_migrate;
grant usage on schema {service}_shadow to {service}_maintain;
grant temporary on database {database} to {service}_maintain;
