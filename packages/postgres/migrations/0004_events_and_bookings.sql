create table products (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  key text,
  name text not null,
  kind text not null default 'event',
  starts_at timestamptz,
  ends_at timestamptz,
  time_zone text,
  location jsonb not null default '{}',
  organizer jsonb not null default '{}',
  attributes jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create unique index products_key on products (org_id, key) where key is not null;
create index products_starts_at on products (org_id, starts_at);
call isolate('products', 'select, insert, update, delete', 'select');

-- confirmed → checked_in → completed; confirmed | checked_in → cancelled.
-- `revision` grows with every change; a planned message carries the revision that it was planned from.
create table bookings (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  external_id text,
  contact_id uuid not null,
  product_id uuid,
  status text not null default 'confirmed' check (status in ('confirmed', 'checked_in', 'completed', 'cancelled')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at >= starts_at),
  time_zone text not null,
  attributes jsonb not null default '{}',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  checked_in_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id),
  foreign key (org_id, product_id) references products (org_id, id)
);
create unique index bookings_external_id on bookings (org_id, external_id) where external_id is not null;
create index bookings_contact on bookings (org_id, contact_id);
create index bookings_starts_at on bookings (org_id, starts_at, id);
create index bookings_product on bookings (org_id, product_id);
call isolate('bookings', 'select, insert, update', 'select, update');

-- Immutable facts. Keys live in a table of their own so that events can be partitioned by month.
create table events (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  type text not null,
  contact_id uuid,
  subject_type text,
  subject_id text,
  payload jsonb not null default '{}',
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  trace_context text,
  primary key (org_id, id)
);
create index events_contact on events (org_id, contact_id, occurred_at desc);
create index events_recorded_at on events (org_id, recorded_at desc, id desc);
create index events_subject on events (org_id, subject_type, subject_id, occurred_at desc) where subject_id is not null;
call isolate('events', 'select, insert', 'select, insert');

create table event_keys (
  org_id uuid not null,
  key text not null,
  event_id uuid not null,
  body_hash bytea not null,
  primary key (org_id, key)
);
call isolate('event_keys', 'select, insert', 'select, insert');

-- Events waiting for a decision: written with the event, deleted in the transaction that decides. No foreign key to events:
-- the two are written by one statement, and a check that was planned while events was small reads all of it for each row.
create table pending_events (
  org_id uuid not null,
  event_id uuid not null,
  seq bigint generated always as identity,
  contact_id uuid,
  tries integer not null default 0,
  not_before timestamptz not null default '-infinity',
  last_error text,
  primary key (org_id, event_id)
);
create index pending_events_order on pending_events (org_id, seq);
create index pending_events_contact on pending_events (org_id, contact_id, seq);
create index pending_events_nobodys on pending_events (seq) where contact_id is null;
-- The few that were put off: whether one of them stands before an event is asked for every event that is claimed.
create index pending_events_put_off on pending_events (org_id, contact_id, seq) where not_before > '-infinity';
call isolate('pending_events', 'select, insert', 'select, insert, update, delete');

-- What a worker is about to decide, of any organization; only ids. Left behind by one that died (postgres/src/decide/begun.ts).
create table rounds_begun (
  id uuid primary key,
  kind text not null check (kind in ('events', 'runs', 'messages')),
  items jsonb not null
);
grant select, insert, delete on rounds_begun to halyard_worker;
