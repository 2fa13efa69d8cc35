/**
 * The least that taking events with contact updates needs: parse, one statement that writes the events and updates their
 * contacts, commit, answer. What arrives while a statement runs goes together in the next. Port to the parent.
 */
import { createServer } from 'node:http';
import pg from 'pg';

const [url = '', orgId = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c role=halyard_worker' });

interface Event {
  contact: { external_id: string; attributes: object };
  type: string;
  payload: object;
}

const write = (events: readonly Event[]) =>
  pool.query({
    name: 'write',
    text: `with given as (
        select * from jsonb_to_recordset($2::jsonb) as given (contact jsonb, type text, payload jsonb)
      ), changed as (
        update contacts set attributes = contacts.attributes || (given.contact->'attributes'), updated_at = now() from given
        where org_id = $1 and external_id = given.contact->>'external_id'
        returning contacts.id, contacts.external_id
      )
      insert into events (org_id, id, type, contact_id, payload, occurred_at)
      select $1, uuidv7(), given.type, changed.id, given.payload, now()
      from given join changed on changed.external_id = given.contact->>'external_id'`,
    values: [orgId, JSON.stringify(events)],
  });

const waiting: { events: Event[]; done: (error?: unknown) => void }[] = [];
let writers = 0;

async function drain(): Promise<void> {
  if (writers === 2) return;
  writers++;
  while (waiting.length) {
    const batch = waiting.splice(0, 100);
    const error = await write(batch.flatMap(({ events }) => events)).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    for (const { done } of batch) done(error);
  }
  writers--;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Event | { events: Event[] };
    const events = 'events' in body ? body.events : [body];
    const done = (error?: unknown) => {
      response.writeHead(error ? 500 : 202, { 'content-type': 'application/json' });
      response.end(error ? JSON.stringify(String(error)) : '{"ok":true}');
    };
    waiting.push({ events, done });
    void drain();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
