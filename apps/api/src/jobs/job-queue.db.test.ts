import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { TestDatabase } from '@halyard/postgres/testing/test-database';
import { openTestDatabase } from '@halyard/postgres/testing/test-database';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { Jobs } from './job-queue.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

const terminate = Buffer.from([0x58, 0, 0, 0, 4]);

/** What a server says to connections when it is stopped. */
const stopping = (() => {
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();

/** A way to the database on which whoever says goodbye hears, before the line is closed, that the server is stopping. */
async function startStoppingServer(
  url: string,
): Promise<{ url: string; goodbyes: () => number; server: Server }> {
  const { hostname, port } = new URL(url);
  let goodbyes = 0;
  const server = createServer({ allowHalfOpen: true }, (client: Socket) => {
    const upstream = connect(Number(port), hostname);
    upstream.pipe(client, { end: false });
    client.on('data', (data) => {
      if (data.subarray(-5).equals(terminate)) {
        goodbyes++;
        upstream.destroy();
        client.end(stopping);
      } else upstream.write(data);
    });
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const way = new URL(url);
  if (typeof address === 'object' && address) way.port = String(address.port);
  return { url: way.href, goodbyes: () => goodbyes, server };
}

test('an error that comes while a worker and its queue are closed does not end the process', async () => {
  const way = await startStoppingServer(db.url);
  onTestFinished(() => void way.server.close());
  const fatal = vi.fn();
  process.on('uncaughtException', fatal);
  onTestFinished(() => void process.off('uncaughtException', fatal));
  const jobs = new Jobs({ databaseUrl: way.url });
  const done = vi.fn(async () => {});
  const worker = await jobs.worker('late-errors', done, 1);
  const queue = await jobs.queue('late-errors');
  worker.on('error', () => {});
  queue.on('error', () => {});
  await queue.add('late-errors' as never, {} as never);
  await vi.waitFor(() => expect(done).toHaveBeenCalled());
  const names = async () =>
    (
      await db.owner.query('select application_name from pg_stat_activity where datname = current_database()')
    ).rows.map((row) => row.application_name);
  await vi.waitFor(async () => expect(await names()).toContain('late-errors'));
  const before = way.goodbyes();
  await worker.close();
  await queue.close();
  await vi.waitFor(() => expect(way.goodbyes()).toBeGreaterThan(before + 1));
  expect(fatal).not.toHaveBeenCalled();
});

test('a connection that breaks while a queue is opened does not end the process', async () => {
  const { hostname, port } = new URL(db.url);
  let cuts = 0;
  let cutting = false;
  const server = createServer((client: Socket) => {
    const upstream = connect(Number(port), hostname);
    upstream.pipe(client);
    client.on('data', (data) => {
      if (!cutting || !data.includes('SELECT')) return void upstream.write(data);
      cuts++;
      client.destroy();
    });
    client.on('close', () => upstream.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const fatal = vi.fn();
  process.on('uncaughtException', fatal);
  onTestFinished(() => void process.off('uncaughtException', fatal));
  const address = server.address();
  const way = new URL(db.url);
  if (typeof address === 'object' && address) way.port = String(address.port);
  const jobs = new Jobs({ databaseUrl: way.href });
  await (await jobs.queue('first')).close(); // the tables are there
  cutting = true;
  const queue = await jobs.queue('cut');
  queue.on('error', () => {});
  await expect(queue.waitUntilReady()).rejects.toThrow();
  expect(cuts).toBeGreaterThan(0);
  expect(fatal).not.toHaveBeenCalled();
  cutting = false;
  await queue.close();
});

test('a worker that is closed while it begins to listen is closed', async () => {
  const jobs = new Jobs({ databaseUrl: db.url });
  for (let n = 0; n < 20; n++) {
    const worker = await jobs.worker('soon-over', async () => {}, 1);
    worker.on('error', () => {});
    for (let turn = 0; turn < n; turn++) await new Promise(setImmediate);
    await worker.close();
  }
});
