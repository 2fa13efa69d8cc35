-- Merging two contacts moves what belongs to one of them to the other; erasing one empties what was recorded of them.
-- Facts and the consent ledger stay append-only beyond that: requests may change no other column, and what they write
-- over a payload or an evidence can only be nothing.
grant update (contact_id, evidence) on consents to halyard_app;
grant update (contact_id, payload) on events to halyard_app;
grant update (contact_id) on pending_events to halyard_app;
grant update (contact_id, facts) on decisions to halyard_app;
grant update (detail) on attempts to halyard_app;
grant update (payload) on provider_reports to halyard_app;
grant update (payload) on outbox to halyard_app;
grant delete on message_payloads to halyard_app;
grant delete on import_rejects to halyard_app;

create function only_erase_evidence() returns trigger language plpgsql as $$
begin
  if new.evidence <> '{}' then raise exception 'evidence of a consent does not change: it is erased or stays'; end if;
  return new;
end $$;
create trigger only_erase_evidence before update of evidence on consents
  for each row when (new.evidence is distinct from old.evidence) execute function only_erase_evidence();

create function only_erase_payload() returns trigger language plpgsql as $$
begin
  if new.payload <> '{}' then raise exception 'an event does not change: its payload is erased or stays'; end if;
  return new;
end $$;
create trigger only_erase_payload before update of payload on events
  for each row when (new.payload is distinct from old.payload) execute function only_erase_payload();
