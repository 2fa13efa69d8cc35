create table templates (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  key text not null,
  name text not null,
  channel text not null,
  product_id uuid,
  current_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, product_id) references products (org_id, id)
);
-- One key may stand for a template on each channel, and for one product's own wording of it.
create unique index templates_key on templates (org_id, key, channel, product_id) nulls not distinct;
create index templates_product on templates (org_id, product_id) where product_id is not null;
call isolate('templates', 'select, insert, update', 'select');

-- `content` is what was written, per locale; `compiled` what sending uses (MJML turned into HTML, text part made).
create table template_versions (
  org_id uuid not null,
  template_id uuid not null,
  number integer not null,
  content jsonb not null,
  compiled jsonb not null,
  variables text[] not null default '{}',
  created_at timestamptz not null default now(),
  created_by text,
  primary key (org_id, template_id, number),
  foreign key (org_id, template_id) references templates (org_id, id) on delete cascade
);
call isolate('template_versions', 'select, insert', 'select');

create table flows (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  key text not null,
  name text not null,
  draft jsonb,
  recipe text,
  status text not null default 'draft' check (status in ('draft', 'live', 'paused', 'archived')),
  next_tick_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id),
  unique (org_id, key)
);
create index flows_next_tick on flows (org_id, next_tick_at) where next_tick_at is not null;
call isolate('flows', 'select, insert, update, delete', 'select, update');

-- Published versions never change but for their weight: the share of new contacts that a live version gets.
create table flow_versions (
  org_id uuid not null,
  id uuid not null,
  flow_id uuid not null,
  number integer not null,
  definition jsonb not null,
  trigger_type text not null,
  trigger_event text generated always as (definition->'trigger'->>'event') stored,
  weight integer not null default 0 check (weight between 0 and 100),
  published_at timestamptz not null default now(),
  published_by text,
  primary key (org_id, id),
  unique (org_id, flow_id, number),
  foreign key (org_id, flow_id) references flows (org_id, id)
);
create index flow_versions_live on flow_versions (org_id, trigger_type) where weight > 0;
-- Which events start a flow: asked for with every event (worth-deciding.ts).
create index flow_versions_trigger_event on flow_versions (org_id, trigger_event) where trigger_event is not null;
call isolate('flow_versions', 'select, insert, update', 'select');

create function keep_published_version() returns trigger language plpgsql as $$
begin
  if (new.definition, new.number, new.flow_id, new.published_at) is distinct from (old.definition, old.number, old.flow_id, old.published_at) then
    raise exception 'a published flow version does not change: publish a new one';
  end if;
  return new;
end $$;
create trigger keep_published_version before update on flow_versions for each row execute function keep_published_version();

-- Which version a contact got stays the same, whatever the weights become.
create table flow_assignments (
  org_id uuid not null,
  flow_id uuid not null,
  contact_id uuid not null,
  version_id uuid not null,
  assigned_at timestamptz not null default now(),
  primary key (org_id, flow_id, contact_id),
  foreign key (org_id, flow_id) references flows (org_id, id),
  foreign key (org_id, version_id) references flow_versions (org_id, id)
);
call isolate('flow_assignments', 'select', 'select, insert');

-- One contact's way through one version. `position` is the interpreter's state (core/flows/run.ts).
create table runs (
  org_id uuid not null,
  id uuid not null,
  flow_id uuid not null,
  version_id uuid not null,
  contact_id uuid not null,
  subject_type text,
  subject_id text,
  trigger_event_id uuid,
  status text not null default 'active' check (status in ('active', 'completed', 'exited', 'cancelled', 'failed')),
  end_reason text,
  position jsonb not null,
  waiting_for text[] not null default '{}',
  wake_at timestamptz,
  tries integer not null default 0,
  last_error text,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, flow_id) references flows (org_id, id),
  foreign key (org_id, version_id) references flow_versions (org_id, id),
  foreign key (org_id, contact_id) references contacts (org_id, id)
);
create index runs_due on runs (wake_at) where status = 'active' and wake_at is not null;
create index runs_due_in on runs (org_id, wake_at) where status = 'active' and wake_at is not null;
create index runs_active_contact on runs (org_id, contact_id) where status = 'active';
create index runs_subject on runs (org_id, subject_type, subject_id);
create index runs_flow on runs (org_id, flow_id, started_at desc);
call isolate('runs', 'select, insert, update', 'select, insert, update');

-- Re-entry: one row per admission, unique by what the flow's re-entry rule counts.
create table run_keys (
  org_id uuid not null,
  flow_id uuid not null,
  key text not null,
  run_id uuid not null,
  primary key (org_id, flow_id, key)
);
call isolate('run_keys', 'select', 'select, insert');
