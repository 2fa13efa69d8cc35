-- What became of a contact in a flow: explaining it must not read the runs of everybody.
create index runs_contact on runs (org_id, contact_id, started_at desc);
