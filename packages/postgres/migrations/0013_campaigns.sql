-- One message to an audience: now, at a time, or recurring.
-- draft → scheduled ⇄ running → completed;   scheduled | running ⇄ paused;   any but completed → cancelled
-- `definition` is what a person edits, `schedule` when it starts; next_start_at: when the next occurrence begins.
-- `unfinished`: messages have yet to be let go after a pause (release) or called off, by a job.
create table campaigns (
  org_id uuid not null references auth.organization (id) on delete cascade,
  id uuid not null,
  name text not null,
  definition jsonb not null,
  schedule jsonb,
  status text not null default 'draft'
    check (status in ('draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled')),
  next_start_at timestamptz,
  occurrences integer not null default 0,
  unfinished text check (unfinished in ('release', 'call_off')),
  error text,
  created_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_id, id)
);
create index campaigns_due on campaigns (next_start_at) where status in ('scheduled', 'running');
create index campaigns_unfinished on campaigns (org_id, id) where unfinished is not null;
call isolate('campaigns', 'select, insert, update, delete', 'select, update');

-- One start of a campaign: the message as it was at that moment, and how far the audience was gone through.
-- walking (reads the audience) → sending (every recipient is known) → completed (counts reconcile);  either → cancelled
create table campaign_occurrences (
  org_id uuid not null,
  campaign_id uuid not null,
  n integer not null,
  status text not null default 'walking' check (status in ('walking', 'sending', 'completed', 'cancelled')),
  message jsonb not null,
  expires_at timestamptz,
  -- The last contact that was looked at, and the chunks that were made of those who are meant.
  walked_to uuid,
  chunks integer not null default 0,
  recipients integer not null default 0,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, campaign_id, n),
  foreign key (org_id, campaign_id) references campaigns (org_id, id) on delete cascade
);
create index campaign_occurrences_open on campaign_occurrences (org_id, campaign_id) where status in ('walking', 'sending');
call isolate('campaign_occurrences', 'select, insert, update', 'select, insert, update');

-- Whom an occurrence is for. message_id is null until the job of the chunk has planned the message; what became of it is
-- told by the message alone, so that the two cannot differ. Not contact_id: a merge moves messages to the winner, while
-- who was in the audience stays as it was.
create table campaign_recipients (
  org_id uuid not null,
  campaign_id uuid not null,
  occurrence integer not null,
  recipient_id uuid not null,
  chunk integer not null,
  message_id uuid,
  primary key (org_id, campaign_id, occurrence, recipient_id),
  foreign key (org_id, campaign_id, occurrence) references campaign_occurrences (org_id, campaign_id, n) on delete cascade
);
create index campaign_recipients_unplanned on campaign_recipients (org_id, campaign_id, occurrence, chunk)
  where message_id is null;
create index campaign_recipients_message on campaign_recipients (org_id, message_id) where message_id is not null;
call isolate('campaign_recipients', 'select', 'select, insert, update');

-- What a campaign has yet to send, without going through what it has sent.
create index messages_campaign_open on messages (org_id, subject_id, id)
  where source = 'campaign' and status in ('scheduled', 'sending');
