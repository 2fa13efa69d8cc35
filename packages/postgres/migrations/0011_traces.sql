-- Every row that something follows from carries the trace of what it follows from, as a W3C traceparent: transactions of
-- requests name theirs (postgres/database.ts), loops give each row its own.
create function current_trace() returns text language sql stable as $$
  select nullif(current_setting('halyard.trace', true), '')
$$;
alter table events alter column trace_context set default current_trace();
alter table messages alter column trace_context set default current_trace();
alter table outbox alter column trace_context set default current_trace();
alter table runs add column trace_context text;
