import type pg from 'pg';
import { bulkLoad } from './bulk-load.ts';

/**
 * So many messages that were sent over the last two years, evenly over all contacts whose organization has a connection,
 * with what is kept of each but its bytes: itself, its key, its attempt, and the fact. In the order in which they were
 * sent, as rows and ids of a database in use are.
 */
export async function loadHistory(owner: pg.Pool, total: number): Promise<void> {
  await owner.query(
    `create unlogged table past (org_id uuid, contact_id uuid, connection_id uuid, at timestamptz, message_id uuid)`,
  );
  await owner.query(past, [total]);
  await Promise.all([bulkLoad(owner, [messages]), bulkLoad(owner, [attempts, events, keys])]);
  await owner.query('drop table past');
}

const past = `
  insert into past
  with people as materialized (
    select row_number() over () - 1 as n, contacts.org_id, contacts.id, connections.id as connection_id
    from contacts join lateral (
      select id from connections where connections.org_id = contacts.org_id limit 1
    ) connections on true
  ), amount as (select count(*) as people from people)
  select people.org_id, people.id, people.connection_id, at, uuidv7(at - now())
  from generate_series(0, $1::int - 1) sent cross join amount
  cross join lateral (select now() - interval '1 d' - interval '2 years' * (1 - sent::float8 / $1) as at) moment
  join people on people.n = sent::bigint * 7919 % amount.people`;

const messages = {
  table: 'messages',
  text: `insert into messages (org_id, id, contact_id, source, class, channels, template, planned_at, due_at, status, tries,
     channel, address, connection_id, released_at, sent_at, delivered_at, trace_context, created_at, updated_at)
   select org_id, message_id, contact_id, 'campaign', 'marketing', '{email}', '{"keys": "news"}', at, at, 'delivered', 1,
     'email', contact_id || '@example.com', connection_id, at, at, at, null, at, at from past`,
};
const attempts = {
  table: 'attempts',
  text: `insert into attempts (org_id, id, message_id, n, connection_id, provider, channel, idempotency_key, payload_hash,
     started_at, finished_at, outcome, provider_message_id)
   select org_id, uuidv7(at - now()), message_id, 1, connection_id, 'sink', 'email', message_id::text, '\\x00', at, at,
     'accepted', message_id::text from past`,
};
const events = {
  table: 'events',
  text: `insert into events (org_id, id, type, contact_id, subject_type, subject_id, occurred_at, recorded_at, trace_context)
   select org_id, uuidv7(at - now()), 'message.sent', contact_id, 'message', message_id::text, at, at, null from past`,
};
const keys = {
  table: 'message_keys',
  text: `insert into message_keys (org_id, key, message_id) select org_id, 'campaign:' || message_id, message_id from past`,
};
