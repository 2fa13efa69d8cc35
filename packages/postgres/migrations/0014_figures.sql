-- What became of messages, for charts: counted from events and decisions in the order these were recorded, and never from
-- the messages, of which an organization has millions. By quarters of an hour, as every time zone is so many of them away
-- from UTC: they add up to the days of whatever zone is asked for.
create table figures (
  org_id uuid not null references auth.organization (id) on delete cascade,
  quarter timestamptz not null,
  channel text not null,
  kind text not null
    check (kind in ('sent', 'delivered', 'bounced', 'failed', 'skipped', 'opened', 'clicked', 'unsubscribed')),
  count integer not null,
  primary key (org_id, quarter, channel, kind)
);
call isolate('figures', 'select', 'select, insert, update');

-- How many messages of a flow were sent, by days in UTC.
create table flow_figures (
  org_id uuid not null references auth.organization (id) on delete cascade,
  flow_id uuid not null,
  day date not null,
  sent integer not null,
  primary key (org_id, flow_id, day)
);
call isolate('flow_figures', 'select', 'select, insert, update');

-- Up to when everything was counted. What was recorded until closing_at is counted when no transaction up to closing_xid
-- is under way any more: a row is recorded before it is committed. To count all of it again:
--   truncate figures, flow_figures; update figures_counted set counted_until = '-infinity', closing_at = null;
create table figures_counted (
  alone boolean primary key default true check (alone),
  counted_until timestamptz not null,
  closing_at timestamptz,
  closing_xid xid8
);
insert into figures_counted (counted_until) values ('-infinity');
grant select on figures_counted to halyard_app;
grant select, update on figures_counted to halyard_worker;

create index decisions_ended on decisions (org_id, at) where verdict in ('skipped', 'expired');

-- For the list of flows: what each has under way. An entry for a run, and for a message until it is sent.
create index runs_active_flow on runs (org_id, flow_id) where status = 'active';
create index messages_planned_flow on messages (org_id, flow_id) where status = 'scheduled' and flow_id is not null;
