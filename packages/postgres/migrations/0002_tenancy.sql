-- Three database roles. The owner runs migrations and owns every table; `halyard_app` serves requests and sees
-- only the organization set in its transaction; `halyard_worker` runs the loops over all organizations and has
-- its own policies on the tables it needs. Roles belong to the cluster, so they may be there already.
do $$
begin
  if not exists (select from pg_roles where rolname = 'halyard_app') then
    create role halyard_app nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'halyard_worker') then
    create role halyard_worker nologin nosuperuser nobypassrls;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of the same cluster is migrating at the same moment
end $$;

grant halyard_app, halyard_worker to current_user;

-- The organization of this transaction. After a transaction with set_config(…, true) the setting is '' and not
-- null, hence nullif.
create function current_org() returns uuid language sql stable parallel safe
  return nullif(current_setting('halyard.org_id', true), '')::uuid;

-- What every tenant table gets: row-level security that also binds the owner, one policy for requests, and, where
-- a loop needs the table, one for the worker.
create procedure isolate(tenant_table regclass, app_grants text, worker_grants text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', tenant_table);
  execute format('alter table %s force row level security', tenant_table);
  execute format(
    'create policy app_own_organization on %s to halyard_app
       using (org_id = (select current_org())) with check (org_id = (select current_org()))', tenant_table);
  if app_grants <> '' then
    execute format('grant %s on %s to halyard_app', app_grants, tenant_table);
  end if;
  if worker_grants <> '' then
    execute format('create policy worker_all_organizations on %s to halyard_worker using (true) with check (true)', tenant_table);
    execute format('grant %s on %s to halyard_worker', worker_grants, tenant_table);
  end if;
end $$;

grant usage on schema public to halyard_app, halyard_worker;
grant usage on schema auth to halyard_app;
grant select, insert, update, delete on all tables in schema auth to halyard_app;

-- An organization's own rules. `policy` holds what contracts/organizations/policy.ts describes: quiet hours, send
-- windows, frequency caps, rates, expiry.
create table organization_settings (
  org_id uuid primary key references auth.organization (id) on delete cascade,
  name text not null,
  time_zone text not null default 'Europe/Berlin',
  locale text not null default 'en',
  country text,
  postal_address text,
  website text,
  policy jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call isolate('organization_settings', 'select, insert, update', 'select');

-- Append-only, one hash chain per organization. The trigger numbers and chains the rows, so that no writer can
-- choose its place; grants leave neither update nor delete to anyone but the owner.
create table audit_log (
  org_id uuid not null references auth.organization (id) on delete cascade,
  seq bigint not null,
  at timestamptz not null default clock_timestamp(),
  actor_type text not null check (actor_type in ('user', 'api_key', 'automation', 'provider', 'contact')),
  actor_id text,
  actor_name text,
  action text not null,
  target_type text,
  target_id text,
  changes jsonb not null default '{}',
  request_id text,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (org_id, seq)
);
-- What was done to one thing: read whenever a message or a flow is explained.
create index audit_log_target on audit_log (org_id, target_type, target_id, seq) where target_id is not null;
call isolate('audit_log', 'select, insert', 'select, insert');

create function audit_row_hash(r audit_log) returns bytea language sql immutable
  return sha256(convert_to(
    concat_ws(E'\x1f', r.org_id, r.seq, extract(epoch from r.at), r.actor_type, coalesce(r.actor_id, ''),
      coalesce(r.actor_name, ''), r.action, coalesce(r.target_type, ''), coalesce(r.target_id, ''), r.changes::text,
      coalesce(r.request_id, ''), encode(r.prev_hash, 'hex')), 'UTF8'));

-- Until the commit a row stands in no place: seq is negative, and random as no two may meet.
create function place_audit_row() returns trigger language plpgsql as $$
begin
  new.seq := -1 - (hashtextextended(gen_random_uuid()::text, 0) & x'3fffffffffffffff'::bigint);
  new.prev_hash := '';
  new.hash := '';
  return new;
end $$;
create trigger place_audit_row before insert on audit_log for each row execute function place_audit_row();

-- One writer per organization at a time, else two rows would follow the same one. Only the commit waits for it: were the
-- row chained when it is written, others would also wait for all that the writer's process does until it commits.
-- With the owner's rights, as nobody else may update the log.
create function chain_audit_row() returns trigger language plpgsql security definer set search_path = public as $$
declare
  last audit_log;
  chained audit_log := new;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit:' || new.org_id, 0));
  select * into last from audit_log where org_id = new.org_id and seq > 0 order by seq desc limit 1;
  chained.seq := coalesce(last.seq, 0) + 1;
  chained.at := clock_timestamp();
  chained.prev_hash := coalesce(last.hash, '\x'::bytea);
  chained.hash := audit_row_hash(chained);
  update audit_log set seq = chained.seq, at = chained.at, prev_hash = chained.prev_hash, hash = chained.hash
  where org_id = new.org_id and seq = new.seq;
  return null;
end $$;
create constraint trigger chain_audit_row after insert on audit_log deferrable initially deferred
  for each row execute function chain_audit_row();

-- Stored answers of requests that came with an Idempotency-Key.
create table idempotency_keys (
  org_id uuid not null references auth.organization (id) on delete cascade,
  key text not null,
  route text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (org_id, key)
);
create index idempotency_keys_created_at on idempotency_keys (org_id, created_at);
call isolate('idempotency_keys', 'select, insert, update, delete', 'select, delete');

-- What a person must look at: quarantined inputs, dead messages, sends whose outcome nobody can know.
create table review_items (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('dead_message', 'unknown_message', 'failed_event', 'failed_run', 'quarantined_input', 'failed_delivery')),
  subject_type text not null,
  subject_id text not null,
  reason text not null,
  detail jsonb not null default '{}',
  status text not null default 'open' check (status in ('open', 'replayed', 'resolved')),
  created_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by text,
  primary key (org_id, id)
);
create index review_items_open on review_items (org_id, kind, created_at desc) where status = 'open';
create index review_items_subject on review_items (org_id, subject_type, subject_id);
call isolate('review_items', 'select, insert, update', 'select, insert, update');
