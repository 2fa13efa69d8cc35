-- Whatever a request writes carries its trace: transactions name it (postgres/database.ts), rows take it by default.
alter table events alter column trace_context set default nullif(current_setting('halyard.trace', true), '');
alter table messages alter column trace_context set default nullif(current_setting('halyard.trace', true), '');
alter table outbox alter column trace_context set default nullif(current_setting('halyard.trace', true), '');
