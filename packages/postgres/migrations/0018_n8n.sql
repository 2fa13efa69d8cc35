-- Calls of n8n workflows by steps of flows. Written with the move of the run, before anything leaves.
--
--     pending → handed_over → answered | failed | timed_out | cancelled
--        └────────► any of the last four
--
-- `content` is what the workflow is told, with the facts of the call: every try says the same. Whose contact it is, the run
-- knows. A call that no step of its run waits for ends as handed_over, unless it is answered all the same.
create table workflow_calls (
  org_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  flow_id uuid not null,
  step_id text not null,
  occurrence integer not null,
  connection text not null,
  connection_id uuid,
  path text not null,
  waits boolean not null,
  content jsonb not null,
  status text not null default 'pending'
    check (status in ('pending', 'handed_over', 'answered', 'failed', 'timed_out', 'cancelled')),
  until timestamptz not null,
  tries integer not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  lease_owner text,
  last_status integer,
  last_error text,
  answered_at timestamptz,
  answer jsonb,
  late boolean not null default false,
  created_at timestamptz not null,
  handed_over_at timestamptz,
  ended_at timestamptz,
  trace_context text,
  primary key (org_id, id),
  unique (org_id, run_id, step_id, occurrence),
  foreign key (org_id, run_id) references runs (org_id, id) on delete cascade,
  foreign key (org_id, connection_id) references connections (org_id, id) on delete set null (connection_id)
);
create index workflow_calls_due on workflow_calls (org_id, connection_id, due_at) where status = 'pending';
create index workflow_calls_next on workflow_calls (due_at) where status = 'pending';
create index workflow_calls_leased on workflow_calls (org_id, connection_id, lease_until) where lease_until is not null;
create index workflow_calls_created on workflow_calls (org_id, created_at desc);
call isolate('workflow_calls', 'select, update', 'select, insert, update, delete');

-- Where other systems push to: an address with a token, and what must hold for a request to be believed. All that is set
-- must hold: the signature, the bearer token, the address it comes from.
create table inbound_hooks (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('events', 'outreach', 'academy', 'errors', 'bookings', 'contacts')),
  token text not null,
  signature text check (signature in ('standard', 'hex')),
  bearer boolean not null default false,
  addresses text[] not null default '{}',
  secrets bytea,
  key_id text,
  status text not null default 'active' check (status in ('active', 'paused')),
  last_received_at timestamptz,
  last_refusal jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, name),
  check (signature is not null or bearer or addresses <> '{}')
);
create unique index inbound_hooks_token on inbound_hooks (token);
call isolate('inbound_hooks', 'select, insert, update, delete', 'select, update');

-- As with the webhooks of connections (0006): knowing the token is the permission to see the one row that has it.
create policy app_by_inbound_token on inbound_hooks for select to halyard_app
  using (token = nullif((select current_setting('halyard.inbound_token', true)), ''));

create function hook_of_token(given text) returns table (org_id uuid, id uuid) language plpgsql volatile as $$
begin
  perform set_config('halyard.inbound_token', given, true);
  return query select h.org_id, h.id from inbound_hooks h where h.token = given;
  perform set_config('halyard.inbound_token', '', true);
end $$;
