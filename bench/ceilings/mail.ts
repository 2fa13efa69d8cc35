/** The least between an event and its mail: parse, commit the event, POST a mail of the usual size. Port to the parent. */
import { createServer } from 'node:http';
import pg from 'pg';
import { Pool } from 'undici';

const [url = '', orgId = '', sinkPort = ''] = process.argv.slice(2);
const database = new pg.Pool({ connectionString: url, max: 10, options: '-c role=halyard_worker' });
const sink = new Pool(`http://127.0.0.1:${sinkPort}`, { connections: 64, pipelining: 1 });
const text = 'x'.repeat(2_500);

async function take(body: { payload: { subject: string } }): Promise<void> {
  await database.query({
    name: 'write',
    text: `insert into events (org_id, id, type, payload, occurred_at) values ($1, uuidv7(), 'tour.booked', $2, now())`,
    values: [orgId, JSON.stringify(body.payload)],
  });
  const mail = JSON.stringify({ subject: body.payload.subject, text });
  const headers = { 'content-type': 'application/json' };
  await (await sink.request({ method: 'POST', path: '/emails', headers, body: mail })).body.dump();
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
    void take(JSON.parse(Buffer.concat(chunks).toString()));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : 0);
});
