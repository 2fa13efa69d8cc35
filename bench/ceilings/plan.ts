/** The least between a booking and its plan: commit booking and messages together, read them. Port to the parent. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const [url = '', orgId = '', contactId = '', messages = ''] = process.argv.slice(2);
const options = `-c role=halyard_app -c halyard.org_id=${orgId}`;
const pool = new pg.Pool({ connectionString: url, max: 10, options });

const book = async () => {
  const id = randomUUID();
  await pool.query({
    name: 'book',
    text: `with booking as (
        insert into bookings (org_id, id, contact_id, starts_at, ends_at, time_zone)
        values ($1, $2, $3, now() + interval '30 d', now() + interval '31 d', 'Europe/Berlin')
      )
      insert into messages (org_id, id, contact_id, source, class, channels, template, subject_type, subject_id, planned_at, due_at)
      select $1, uuidv7(), $3, 'flow', 'marketing', '{email}', '{"keys": "news"}', 'booking', $4,
        now() + n * interval '1 d', now() + n * interval '1 d' from generate_series(1, $5::int) n`,
    values: [orgId, id, contactId, id, messages],
  });
  return { id };
};

const read = async (id: string) => {
  const { rows } = await pool.query({
    name: 'read',
    text: `select id, planned_at, status from messages
      where org_id = $1 and subject_type = 'booking' and subject_id = $2 order by planned_at`,
    values: [orgId, id],
  });
  return { items: rows, pending_events: 0 };
};

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const id = request.url?.split('/')[2];
    void (request.method === 'POST' ? book() : read(id ?? '')).then((answer) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
