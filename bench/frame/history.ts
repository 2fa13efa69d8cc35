import type pg from 'pg';

/** What is kept of a message that was sent long ago, but its bytes: itself, its key, its attempt, and the fact. */
const tables = ['messages', 'message_keys', 'attempts', 'events'] as const;

/**
 * Gives every contact its share of so many messages of the last two years. Indexes are made anew afterwards, which takes
 * a fifth of the time.
 */
export async function loadHistory(owner: pg.Pool, total: number): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
    const indexes = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
       where indrelid = any ($1::regclass[]) and not indisprimary`,
      [tables],
    );
    for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
    await client.query(
      `create temp table past as
       select people.org_id, people.id as contact_id, connections.id as connection_id,
         now() - interval '1 d' * (1 + 720 * random()) as at, uuidv7() as message_id
       from (select org_id, id, count(*) over () as people from contacts where merged_into is null) people
       join lateral (select id from connections where connections.org_id = people.org_id limit 1) connections on true
       cross join lateral generate_series(1, ceil($1::numeric / people.people)::int)
       limit $1`,
      [total],
    );
    for (const text of loads) await client.query(text);
    await client.query('drop table past');
    for (const { definition } of indexes.rows) await client.query(definition);
  } finally {
    client.release(true);
  }
  await owner.query('vacuum analyze');
  await owner.query('checkpoint').catch(() => {}); // only superusers may; it only makes runs more alike
}

const loads = [
  `insert into messages (org_id, id, contact_id, source, class, channels, template, planned_at, due_at, status, tries,
     channel, address, connection_id, released_at, sent_at, delivered_at, created_at, updated_at)
   select org_id, message_id, contact_id, 'campaign', 'marketing', '{email}', '{"keys": "news"}', at, at, 'delivered', 1,
     'email', contact_id || '@example.com', connection_id, at, at, at, at, at from past`,
  `insert into message_keys (org_id, key, message_id) select org_id, 'campaign:' || message_id, message_id from past`,
  `insert into attempts (org_id, id, message_id, n, connection_id, provider, channel, idempotency_key, payload_hash,
     started_at, finished_at, outcome, provider_message_id)
   select org_id, uuidv7(), message_id, 1, connection_id, 'sink', 'email', message_id::text, '\\x00', at, at, 'accepted',
     message_id::text from past`,
  `insert into events (org_id, id, type, contact_id, subject_type, subject_id, occurred_at, recorded_at)
   select org_id, uuidv7(), 'message.sent', contact_id, 'message', message_id::text, at, at from past`,
];
