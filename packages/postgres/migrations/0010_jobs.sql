-- Jobs (BullMQ on PostgreSQL) live in a schema of their own, under a role that owns it and sees nothing else: BullMQ
-- makes sequences at run time and brings its tables up to date itself, and knows no organizations.
do $$
begin
  if not exists (select from pg_roles where rolname = 'halyard_jobs') then
    create role halyard_jobs nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of the same cluster is migrating at the same moment
end $$;

grant halyard_jobs to current_user;
create schema bullmq authorization halyard_jobs;
