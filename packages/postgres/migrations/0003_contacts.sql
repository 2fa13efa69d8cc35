create table contacts (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  external_id text,
  first_name text,
  last_name text,
  locale text,
  time_zone text,
  country text,
  preferred_channel text,
  attributes jsonb not null default '{}',
  merged_into uuid,
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- For search. Columns and not expressions in indexes: under row-level security no index is used for what calls a
  -- function that is not leakproof, and lower() is none.
  last_name_key text generated always as (lower(last_name)) stored,
  full_name_key text generated always as (lower(first_name || ' ' || coalesce(last_name, ''))) stored,
  primary key (org_id, id),
  foreign key (org_id, merged_into) references contacts (org_id, id)
);
create unique index contacts_external_id on contacts (org_id, external_id) where external_id is not null;
create index contacts_created_at on contacts (org_id, created_at desc, id desc);
-- For search. Partial, so that they can never be taken for the primary key: while the table is young and was not analyzed,
-- every index that begins with org_id looks alike, and checks of foreign keys would read a whole organization.
create index contacts_last_name on contacts (org_id, last_name_key text_pattern_ops, id)
  where merged_into is null and erased_at is null;
create index contacts_full_name on contacts (org_id, full_name_key text_pattern_ops, id)
  where merged_into is null and erased_at is null;
create index contacts_merged_into on contacts (org_id, merged_into) where merged_into is not null;
call isolate('contacts', 'select, insert, update', 'select, insert, update');

-- An address of a contact, unique in the organization in its normalized form (lower-case mail, E.164 phone).
create table identities (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null,
  address text not null,
  verified_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, kind, address),
  foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index identities_contact on identities (org_id, contact_id);
create index identities_address on identities (org_id, address text_pattern_ops, contact_id);
call isolate('identities', 'select, insert, update, delete', 'select, insert, update, delete');

-- Everything needed to take a merge back: which contact was merged, and what both were before.
create table contact_merges (
  org_id uuid not null,
  id uuid not null,
  winner_id uuid not null,
  loser_id uuid not null,
  before jsonb not null,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, winner_id) references contacts (org_id, id),
  foreign key (org_id, loser_id) references contacts (org_id, id)
);
create index contact_merges_contacts on contact_merges (org_id, winner_id);
call isolate('contact_merges', 'select, insert, update', '');

create table topics (
  org_id uuid not null references auth.organization (id) on delete cascade,
  key text not null,
  name jsonb not null,
  description jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (org_id, key)
);
call isolate('topics', 'select, insert, update, delete', 'select, insert');

-- Append-only ledger; the newest row of a contact, channel and topic is what counts. channel or topic '*' means all.
create table consents (
  org_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  topic text not null default '*',
  state text not null check (state in ('granted', 'pending', 'withdrawn')),
  source text not null,
  evidence jsonb not null default '{}',
  occurred_at timestamptz not null default clock_timestamp(),
  seq bigint generated always as identity,
  primary key (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index consents_current on consents (org_id, contact_id, channel, topic, seq desc);
call isolate('consents', 'select, insert', 'select, insert');

-- An address that must not be written to. The hash (sha256 of channel and normalized address) outlives erasure.
create table suppressions (
  org_id uuid not null references auth.organization (id) on delete cascade,
  channel text not null,
  address_hash bytea not null,
  address text,
  reason text not null check (reason in ('hard_bounce', 'soft_bounces', 'complaint', 'unsubscribed', 'stop', 'manual', 'invalid')),
  source text not null,
  created_at timestamptz not null default now(),
  primary key (org_id, channel, address_hash)
);
create index suppressions_created_at on suppressions (org_id, created_at desc);
call isolate('suppressions', 'select, insert, update, delete', 'select, insert, update, delete');

create table imports (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  format text not null check (format in ('csv', 'ndjson')),
  mapping jsonb not null default '{}',
  options jsonb not null default '{}',
  dry_run boolean not null,
  file_name text,
  status text not null default 'uploading' check (status in ('uploading', 'queued', 'running', 'completed', 'failed', 'cancelled')),
  total_bytes bigint not null default 0,
  done_bytes bigint not null default 0,
  rows_read integer not null default 0,
  created_count integer not null default 0,
  updated_count integer not null default 0,
  unchanged_count integer not null default 0,
  rejected_count integer not null default 0,
  error text,
  created_by text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- How often it was begun since it last came further: its process may have died of it.
  begun integer not null default 0,
  primary key (org_id, id)
);
create index imports_created_at on imports (org_id, created_at desc);
call isolate('imports', 'select, insert, update', 'select, update');

create table import_chunks (
  org_id uuid not null,
  import_id uuid not null,
  n integer not null,
  bytes bytea not null,
  primary key (org_id, import_id, n),
  foreign key (org_id, import_id) references imports (org_id, id) on delete cascade
);
call isolate('import_chunks', 'select, insert, delete', 'select, delete');

create table import_rejects (
  org_id uuid not null,
  import_id uuid not null,
  line integer not null,
  reason text not null,
  row text not null,
  primary key (org_id, import_id, line),
  foreign key (org_id, import_id) references imports (org_id, id) on delete cascade
);
call isolate('import_rejects', 'select', 'select, insert, delete');
