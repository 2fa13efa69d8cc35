-- What became of messages is counted with its complaints, and every event by its type: rules over them read sums.
alter table figures drop constraint figures_kind_check;
alter table figures add constraint figures_kind_check check
  (kind in ('sent', 'delivered', 'bounced', 'failed', 'skipped', 'opened', 'clicked', 'unsubscribed', 'complained'));

create table event_figures (
  org_id uuid not null references auth.organization (id) on delete cascade,
  quarter timestamptz not null,
  type text not null,
  count integer not null,
  primary key (org_id, type, quarter)
);
call isolate('event_figures', 'select', 'select, insert, update');

-- What is watched. `definition` holds what contracts/alerts/rule.ts describes beside name, severity and enabled. outcome: how
-- the metric stood when it was looked at last.
create table alert_rules (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  key text,
  name text not null,
  severity text not null check (severity in ('info', 'warning', 'error', 'critical')),
  metric text not null,
  definition jsonb not null,
  enabled boolean not null default true,
  outcome text check (outcome in ('ok', 'quiet', 'breached', 'unknown')),
  value double precision,
  detail text,
  evaluated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create unique index alert_rules_key on alert_rules (org_id, key) where key is not null;
call isolate('alert_rules', 'select, insert, update, delete', 'select, update');

-- An organization whose rules are looked at, and when that was done last: the row is locked meanwhile, so that of all
-- workers one does it, once in an interval.
create table alert_clocks (
  org_id uuid primary key references auth.organization (id) on delete cascade,
  evaluated_at timestamptz not null default '-infinity'
);
call isolate('alert_clocks', 'select, insert', 'select, insert, update');

-- How a rule stands in one scope: since when it is reached, not reached any more, or not known. held_until: a person
-- called it over; what is still so is let be until then.
create table alert_watches (
  org_id uuid not null,
  rule_id uuid not null,
  scope text not null,
  breached_since timestamptz,
  recovered_since timestamptz,
  unknown_since timestamptz,
  held_until timestamptz,
  primary key (org_id, rule_id, scope),
  foreign key (org_id, rule_id) references alert_rules (org_id, id) on delete cascade
);
call isolate('alert_watches', 'select, update', 'select, insert, update, delete');

-- firing → acknowledged | silenced → resolved;   silenced → firing when its time is over (core/alerts/step.ts)
create table alerts (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  rule_id uuid,
  rule_name text not null,
  metric text not null,
  severity text not null check (severity in ('info', 'warning', 'error', 'critical')),
  scope text not null,
  scope_name text,
  status text not null default 'firing' check (status in ('firing', 'acknowledged', 'silenced', 'resolved')),
  cause text not null check (cause in ('threshold', 'unmeasured')),
  summary text not null,
  value double precision,
  threshold double precision not null,
  fired_at timestamptz not null,
  notified_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  silenced_until timestamptz,
  resolved_at timestamptz,
  resolved_by text,
  primary key (org_id, id),
  foreign key (org_id, rule_id) references alert_rules (org_id, id) on delete set null (rule_id)
);
-- Of one rule and scope no two are open, whoever writes.
create unique index alerts_open on alerts (org_id, rule_id, scope) where status <> 'resolved';
create index alerts_rule on alerts (org_id, rule_id, id desc);
create index alerts_status on alerts (org_id, status, id desc);
call isolate('alerts', 'select, update', 'select, insert, update');

-- What happened to an alert.
create table alert_entries (
  org_id uuid not null,
  alert_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor text,
  note text,
  value double precision,
  route_id uuid,
  message_id uuid,
  delivery_id uuid,
  primary key (org_id, alert_id, id),
  foreign key (org_id, alert_id) references alerts (org_id, id) on delete cascade
);
call isolate('alert_entries', 'select, insert', 'select, insert');

-- Where people are told. notified_at: nothing more is told before its interval is over.
create table alert_routes (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  definition jsonb not null,
  enabled boolean not null default true,
  notified_at timestamptz,
  problem text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
call isolate('alert_routes', 'select, insert, update, delete', 'select, update');

-- What a route has yet to tell: the latest of each alert. Gone when it is told.
create table alert_notices (
  org_id uuid not null,
  route_id uuid not null,
  alert_id uuid not null,
  kind text not null check (kind in ('fired', 'reminded', 'resolved')),
  at timestamptz not null,
  primary key (org_id, route_id, alert_id),
  foreign key (org_id, route_id) references alert_routes (org_id, id) on delete cascade,
  foreign key (org_id, alert_id) references alerts (org_id, id) on delete cascade
);
call isolate('alert_notices', 'select, insert, update, delete', 'select, insert, update, delete');

-- The failure log: errors that other services report, and jobs that were given up; one row for each fingerprint.
create table failures (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('reported', 'job')),
  service text not null,
  fingerprint text not null,
  message text not null,
  severity text not null check (severity in ('info', 'warning', 'error', 'critical')),
  details jsonb not null default '{}',
  count integer not null default 1,
  status text not null default 'open' check (status in ('open', 'resolved')),
  first_at timestamptz not null,
  last_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  primary key (org_id, id)
);
create unique index failures_fingerprint on failures (org_id, service, fingerprint);
create index failures_last_at on failures (org_id, last_at desc, id desc);
call isolate('failures', 'select, insert, update', 'select, insert, update');

-- How often they happened, by quarters of an hour.
create table failure_figures (
  org_id uuid not null,
  quarter timestamptz not null,
  failure_id uuid not null,
  severity text not null,
  count integer not null,
  primary key (org_id, quarter, failure_id, severity),
  foreign key (org_id, failure_id) references failures (org_id, id) on delete cascade
);
call isolate('failure_figures', 'select, insert, update', 'select, insert, update');

-- What an n8n answered when it was asked for its health last.
create table connection_health (
  org_id uuid not null,
  connection_id uuid not null,
  healthy boolean not null,
  checked_at timestamptz not null,
  failing_since timestamptz,
  failures integer not null default 0,
  detail text,
  primary key (org_id, connection_id),
  foreign key (org_id, connection_id) references connections (org_id, id) on delete cascade
);
call isolate('connection_health', 'select', 'select, insert, update');
