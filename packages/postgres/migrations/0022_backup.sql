-- A role that reads every row of every table and writes none: backups are made with it (postgres/src/backup). Each table has
-- a policy for it, which `isolate` gives from now on; a backup is refused while a table lacks one.
do $$
begin
  if not exists (select from pg_roles where rolname = 'halyard_backup') then
    create role halyard_backup nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of the same cluster is migrating at the same moment
end $$;
grant halyard_backup to current_user;

grant usage on schema public, auth to halyard_backup;
grant select on all tables in schema public, auth to halyard_backup;
grant select on all sequences in schema public, auth to halyard_backup;
alter default privileges in schema public grant select on tables to halyard_backup;
alter default privileges in schema public grant select on sequences to halyard_backup;
alter default privileges in schema auth grant select on tables to halyard_backup;
alter default privileges in schema auth grant select on sequences to halyard_backup;

do $$
declare tenant_table regclass;
begin
  for tenant_table in
    select oid from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity
  loop
    execute format('create policy backup_reads_all on %s for select to halyard_backup using (true)', tenant_table);
  end loop;
end $$;

create or replace procedure isolate(tenant_table regclass, app_grants text, worker_grants text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy app_own_organization on %s to halyard_app
       using (org_id = (select current_org())) with check (org_id = (select current_org()))', tenant_table);
  execute format('create policy backup_reads_all on %s for select to halyard_backup using (true)', tenant_table);
  if app_grants <> '' then
    execute format('grant %s on %s to halyard_app', app_grants, tenant_table);
  end if;
  if worker_grants <> '' then
    execute format('create policy worker_all_organizations on %s to halyard_worker using (true) with check (true)', tenant_table);
    execute format('grant %s on %s to halyard_worker', worker_grants, tenant_table);
  end if;
end $$;

-- Backups that were asked for. One that is not finished is under way only while its session holds the lock of backups.
create table backups (
  id uuid primary key,
  name text not null unique,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  bytes bigint,
  row_count bigint,
  sha256 text,
  failure text
);
grant select, insert, update, delete on backups to halyard_app;

-- Restores of this database. While one is not released, the installation stands still: no loop runs.
create table restores (
  id uuid primary key default gen_random_uuid(),
  backup_taken_at timestamptz not null,
  restored_at timestamptz not null default now(),
  released_at timestamptz
);
grant select on restores to halyard_app;
grant select, update on restores to halyard_worker;
