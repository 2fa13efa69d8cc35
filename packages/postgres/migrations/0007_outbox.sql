-- Where an organization wants its events posted (Standard Webhooks).
create table endpoints (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  url text not null,
  description text,
  event_types text[] not null,
  secrets bytea not null,
  key_id text not null,
  status text not null default 'active' check (status in ('active', 'disabled')),
  disabled_reason text,
  disabled_at timestamptz,
  failing_since timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
call isolate('endpoints', 'select, insert, update, delete', 'select, update');

-- What is told to the outside. Written in the transaction of the change it tells of.
create table outbox (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  type text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  trace_context text,
  primary key (org_id, id)
);
create index outbox_occurred_at on outbox (org_id, occurred_at);
create index outbox_contact on outbox (org_id, (payload->>'contact_id'));
call isolate('outbox', 'select, insert', 'select, insert, delete');

create table deliveries (
  org_id uuid not null,
  id uuid not null,
  outbox_id uuid not null,
  endpoint_id uuid not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed', 'cancelled')),
  tries integer not null default 0,
  due_at timestamptz not null default now(),
  lease_until timestamptz,
  lease_owner text,
  last_status integer,
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, outbox_id) references outbox (org_id, id) on delete cascade,
  foreign key (org_id, endpoint_id) references endpoints (org_id, id) on delete cascade
);
create index deliveries_due on deliveries (org_id, endpoint_id, due_at) where status = 'pending';
create index deliveries_next on deliveries (due_at) where status = 'pending';
create index deliveries_leased on deliveries (org_id, endpoint_id, lease_until) where lease_until is not null;
create index deliveries_endpoint on deliveries (org_id, endpoint_id, created_at desc);
create index deliveries_outbox on deliveries (org_id, outbox_id);
call isolate('deliveries', 'select, insert, update', 'select, insert, update');
