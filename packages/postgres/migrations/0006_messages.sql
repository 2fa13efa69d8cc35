-- An account at a provider. `secrets` is an AES-256-GCM envelope whose key is outside the database.
create table connections (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  provider text not null,
  channels text[] not null,
  priority integer not null default 100,
  status text not null default 'active' check (status in ('active', 'paused')),
  settings jsonb not null default '{}',
  secrets bytea,
  key_id text,
  secret_names text[] not null default '{}',
  webhook_token text not null,
  rate_per_second integer check (rate_per_second > 0),
  price jsonb,
  breaker_state text not null default 'closed' check (breaker_state in ('closed', 'open', 'half_open')),
  breaker_failures integer not null default 0,
  breaker_retry_at timestamptz,
  breaker_reason text,
  tested_at timestamptz,
  test_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name)
);
create unique index connections_webhook_token on connections (webhook_token);
call isolate('connections', 'select, insert, update, delete', 'select, update');

-- The only look-up that starts from outside any organization: a provider's webhook names its connection by an unguessable
-- token. Knowing the token is the permission: this policy shows the one row that has it, and nothing without it. No
-- function with the owner's rights is needed, nor a policy that shows every row.
create policy app_by_webhook_token on connections for select to halyard_app
  using (webhook_token = nullif((select current_setting('halyard.webhook_token', true)), ''));

create function connection_of_webhook(token text) returns table (org_id uuid, id uuid) language plpgsql volatile as $$
begin
  perform set_config('halyard.webhook_token', token, true);
  return query select c.org_id, c.id from connections c where c.webhook_token = token;
  perform set_config('halyard.webhook_token', '', true);
end $$;
revoke execute on function connection_of_webhook from public;
grant execute on function connection_of_webhook to halyard_app;

-- scheduled → sending → sent → delivered
--    │           │        └──► bounced | failed
--    │           ├──► scheduled (retry, throttled)   ├──► unknown   └──► dead (review item)
--    ├──► scheduled (deferred)
--    └──► skipped | cancelled | expired
-- planned_at is the moment the plan gives it; due_at is when it is tried next (later when deferred or retried; for
-- unknown ones, when a person is asked). released_at is when the intent to send was committed; it is taken back when the
-- message certainly did not go out, so that caps count what did or may have.
create table messages (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  source text not null check (source in ('flow', 'api', 'outreach', 'campaign', 'test', 'system')),
  run_id uuid,
  flow_id uuid,
  version_id uuid,
  step_id text,
  occurrence integer,
  subject_type text,
  subject_id text,
  subject_revision integer,
  event_id uuid,
  class text not null check (class in ('transactional', 'marketing', 'service')),
  topic text not null default '*',
  channels text[] not null,
  template jsonb,
  template_id uuid,
  template_version integer,
  content jsonb,
  variables jsonb not null default '{}',
  condition jsonb,
  target jsonb,
  lane smallint not null default 1 check (lane in (0, 1)),
  planned_at timestamptz not null,
  due_at timestamptz not null,
  expires_at timestamptz,
  time_zone text,
  status text not null default 'scheduled'
    check (status in ('scheduled', 'sending', 'sent', 'delivered', 'bounced', 'failed', 'unknown', 'dead', 'skipped', 'cancelled', 'expired')),
  reason text,
  tries integer not null default 0,
  channel text,
  address text,
  connection_id uuid,
  provider_message_id text,
  lease_until timestamptz,
  lease_owner text,
  released_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  last_error jsonb,
  trace_context text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index messages_due on messages (org_id, lane, due_at) where status = 'scheduled';
create index messages_leased on messages (lease_until) where status = 'sending';
create index messages_run on messages (org_id, run_id) where run_id is not null;
create index messages_subject on messages (org_id, subject_type, subject_id, planned_at) where subject_id is not null;
create index messages_contact on messages (org_id, contact_id, planned_at desc);
-- Messages to an address that is no contact's: their soft bounces are counted, and an erasure finds them.
create index messages_address on messages (org_id, address) where contact_id is null and address is not null;
create index messages_capped on messages (org_id, contact_id, released_at) where class = 'marketing' and released_at is not null;
create index messages_awaited on messages (due_at) where status = 'unknown' and reason = 'awaiting_report';
create index messages_list on messages (org_id, created_at desc, id desc);
create index messages_flow on messages (org_id, flow_id, created_at desc, id desc) where flow_id is not null;
-- What is being sent is found by messages_leased: one entry less per message.
create index messages_status on messages (org_id, status, created_at desc, id desc) where status <> 'sending';
-- What one organization has millions of, another has none of. Without this the planner goes by the average of all, and reads
-- every message of an organization for a status that none of them has.
create statistics messages_of_organization (mcv) on org_id, status from messages;
call isolate('messages', 'select, insert, update', 'select, insert, update');

-- One key, one message. Keys outlive partitions of messages.
create table message_keys (
  org_id uuid not null,
  key text not null,
  message_id uuid not null,
  primary key (org_id, key)
);
call isolate('message_keys', 'select, insert', 'select, insert');

-- What went to the provider, as rendered. A repeated attempt sends these very bytes, hence text, which keeps them and is
-- not parsed at every send. LZ4 where the server has it: the default compression takes several times as long.
create table message_payloads (
  org_id uuid not null,
  message_id uuid not null,
  payload text not null,
  primary key (org_id, message_id)
);
do $$
begin
  alter table message_payloads alter column payload set compression lz4;
exception when feature_not_supported then
  null;
end $$;
call isolate('message_payloads', 'select', 'select, insert, update, delete');

-- One call to a provider. Written before any byte is sent; outcome null means in flight. Like the other records of a
-- message it has no foreign key: checking one costs a look-up per row, in the transaction every send waits for.
create table attempts (
  org_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  n integer not null,
  connection_id uuid not null,
  provider text not null,
  channel text not null,
  idempotency_key text not null,
  payload_hash bytea not null,
  -- What was checked before it was decided to send, as decisions have it.
  checks json,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text check (outcome in ('accepted', 'rejected', 'throttled', 'failed_before_send', 'unknown')),
  provider_message_id text,
  code text,
  detail text,
  primary key (org_id, id)
);
create index attempts_message on attempts (org_id, message_id, n);
create index attempts_provider_message on attempts (org_id, provider_message_id) where provider_message_id is not null;
call isolate('attempts', 'select, update', 'select, insert, update');

-- One recorded verdict with the facts it rests on. The decision to send stands with its attempt.
create table decisions (
  org_id uuid not null,
  id uuid not null,
  message_id uuid,
  run_id uuid,
  contact_id uuid,
  event_id uuid,
  rule text not null,
  verdict text not null,
  facts jsonb not null default '{}',
  at timestamptz not null,
  primary key (org_id, id)
);
create index decisions_message on decisions (org_id, message_id, at) where message_id is not null;
create index decisions_contact on decisions (org_id, contact_id, at desc) where contact_id is not null;
call isolate('decisions', 'select, insert', 'select, insert');

-- Rates: one row per organization, channel (`channel:sms`) or connection (`connection:<id>`) that has one, or whose
-- provider told us to wait (core/delivery/token-bucket.ts).
create table rate_buckets (
  org_id uuid not null references auth.organization (id) on delete cascade,
  name text not null,
  tokens double precision not null,
  refilled_at timestamptz not null,
  last_slot_at timestamptz not null,
  blocked_until timestamptz,
  primary key (org_id, name)
);
call isolate('rate_buckets', 'select', 'select, insert, update, delete');

-- What providers reported, unique by the provider's own event id.
create table provider_reports (
  org_id uuid not null,
  connection_id uuid not null,
  report_key text not null,
  type text not null,
  message_id uuid,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  primary key (org_id, connection_id, report_key),
  foreign key (org_id, connection_id) references connections (org_id, id) on delete cascade
);
create index provider_reports_message on provider_reports (org_id, message_id) where message_id is not null;
-- Reports that were quicker than the record of the call they are about wait here for it.
create index provider_reports_early on provider_reports (org_id, connection_id, (payload->>'providerMessageId'))
  where message_id is null;
-- What providers sent is emptied some day; that they reported it stays.
create index provider_reports_kept on provider_reports (received_at) where payload <> '{}';
call isolate('provider_reports', 'select, insert', 'select, insert, update, delete');

-- Targets of tracked links: the link in a mail names a row here, never an address.
create table links (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id text not null,
  url text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
call isolate('links', 'select, insert', 'select, insert');

-- The sandbox provider's inbox: what would have arrived, and how it was told to behave. One row per idempotency key,
-- however often the key came; `arrived` is false while every try was refused.
create table sandbox_inbox (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  connection_id uuid not null,
  message_id uuid not null,
  idempotency_key text not null,
  channel text not null,
  recipient text not null,
  sender text,
  subject text,
  payload jsonb not null,
  behaviour text not null,
  arrived boolean not null default true,
  tries integer not null default 1,
  received_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, connection_id, idempotency_key),
  foreign key (org_id, connection_id) references connections (org_id, id) on delete cascade
);
create index sandbox_inbox_received on sandbox_inbox (org_id, received_at desc, id desc) where arrived;
create index sandbox_inbox_message on sandbox_inbox (org_id, message_id);
call isolate('sandbox_inbox', 'select, insert, update, delete', 'select, insert, update, delete');

-- What the sandbox has yet to report, as a real provider would by webhook: the loop applies it once the attempt's outcome
-- is recorded, and removes it.
create table sandbox_reports (
  org_id uuid not null,
  id uuid not null,
  inbox_id uuid not null,
  connection_id uuid not null,
  message_id uuid not null,
  type text not null,
  detail text,
  due_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, inbox_id) references sandbox_inbox (org_id, id) on delete cascade
);
create index sandbox_reports_due on sandbox_reports (due_at, id);
call isolate('sandbox_reports', 'insert', 'select, insert, update, delete');

-- Outreach items of other services (seed 0, section 4.1) and what became of them.
create table outreach_items (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  message_id uuid,
  body_hash bytea not null,
  item jsonb not null,
  sequence_id uuid,
  step integer not null default 1,
  -- Who is written to: the address, or the contact where the payload gives none. With the sequence it tells which
  -- step comes before which.
  target text not null,
  -- waiting → released (its message is written) | cancelled. check_at: when a waiting one is looked at next.
  state text not null check (state in ('waiting', 'released', 'cancelled')),
  reason text,
  check_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index outreach_items_sequence on outreach_items (org_id, sequence_id, target, step) where sequence_id is not null;
create index outreach_items_waiting on outreach_items (check_at) where state = 'waiting';
create index outreach_items_message on outreach_items (org_id, message_id);
create index outreach_items_created_at on outreach_items (org_id, created_at desc, id desc);
call isolate('outreach_items', 'select, insert, update', 'select, update');

-- Tenants of other services whose outreach items are taken for this organization, beside its own id.
create table outreach_tenants (
  org_id uuid not null references auth.organization (id) on delete cascade,
  tenant_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (org_id, tenant_id)
);
call isolate('outreach_tenants', 'select, insert, delete', '');
