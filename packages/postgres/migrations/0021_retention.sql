-- Retention removes alerts that are over and failures that do not happen any more; what belongs to them goes with them.
grant delete on alerts, failures to halyard_worker;
