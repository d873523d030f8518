-- Once per role. The role is the server's, not the database's, so it may be there already.
do $$
begin
  if not exists (select from pg_roles where rolname = '{role}') then
    create role {role};
  end if;
end
$$;
alter role {role} with login password {password};
alter role {role} set search_path = {service};
alter role {role} set timezone = 'UTC';
