-- A row that its table refuses to have written is told (`refusal`) and tried again at `retry_at`, and holds up no other.
-- `written` is null as long as it still waits in their table.
alter table outreach_source_rows add column refusal text, add column retry_at timestamptz;
create index outreach_source_rows_refused on outreach_source_rows (org_id, source_id, retry_at)
  where refusal is not null;
