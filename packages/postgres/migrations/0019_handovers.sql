-- Messages that somebody else sends: claimed by a workflow of n8n, or permitted to whoever asked. The intent is committed by
-- the request that hands them out, so what the loop may write is the request's to write as well. While one is under way
-- its message is `sending` without a lease_owner: no worker of ours, and lease_until says until when it is to be reported.
alter table messages drop constraint messages_source_check;
alter table messages add constraint messages_source_check
  check (source in ('flow', 'api', 'outreach', 'campaign', 'test', 'system', 'permit'));
create index messages_claimable on messages (org_id, lane, planned_at)
  where status = 'scheduled' and reason = 'awaiting_claim';
grant insert on attempts to halyard_app;
grant insert, update on message_payloads, rate_buckets to halyard_app;
grant delete on provider_reports to halyard_app; -- those that were quicker than the outcome, as the loop does

-- A table of another service's database that outreach items are read from, and their fate is written back to. `secrets`
-- is an AES-256-GCM envelope with the connection string.
create table outreach_sources (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  -- contracts/outreach/source.ts: schema, table, columns, write_back, values, defaults, tls, poll_seconds.
  settings jsonb not null,
  -- Where it is, without user and password.
  server text not null,
  secrets bytea not null,
  key_id text not null,
  active boolean not null default true,
  next_poll_at timestamptz not null default now(),
  polled_at timestamptz,
  -- Of the last poll; null when it went well.
  error text,
  failures integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name)
);
call isolate('outreach_sources', 'select, insert, update, delete', 'select, update');

-- Rows that were taken from a source, as long as their fate may change: what of it stands in their table already.
create table outreach_source_rows (
  org_id uuid not null,
  source_id uuid not null,
  row_id text not null,
  item_id uuid not null,
  written text,
  checked_at timestamptz not null default now(),
  taken_at timestamptz not null default now(),
  primary key (org_id, source_id, row_id),
  foreign key (org_id, source_id) references outreach_sources (org_id, id) on delete cascade
);
create index outreach_source_rows_checked on outreach_source_rows (org_id, source_id, checked_at);
call isolate('outreach_source_rows', 'select, insert, update, delete', '');
