-- Which events the goal and the exits of a version look at, as patterns of types; '*' for a rule that looks at every event.
create function rule_events(definition jsonb) returns text[] language sql immutable parallel safe
return (
  select coalesce(array_agg(coalesce(rule->>'event', '*')), '{}') from (
    select definition->'goal' as rule
    union all
    select jsonb_array_elements(definition->'exits')
  ) rules where jsonb_typeof(rule) = 'object'
);

alter table flow_versions add column rule_events text[] not null generated always as (rule_events(definition)) stored;
