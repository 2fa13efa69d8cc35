import type { AddressInfo, Socket } from 'node:net';
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

interface Line {
  client: Socket;
  upstream: Socket;
}

/** A way to the database on which `spoil` may do something else with what is said; it returns whether it did. */
async function startWay(spoil: (said: Buffer, line: Line) => boolean): Promise<string> {
  const { hostname, port } = new URL(db.url);
  const server = createServer({ allowHalfOpen: true }, (client: Socket) => {
    const upstream = connect(Number(port), hostname);
    upstream.pipe(client);
    client.on('data', (said) => {
      if (!spoil(said, { client, upstream })) upstream.write(said);
    });
    client.on('close', () => upstream.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const way = new URL(db.url);
  way.port = String((server.address() as AddressInfo).port);
  return way.href;
}

/** Hears of errors that would end the process. */
function watchForTheEnd() {
  const fatal = vi.fn();
  process.on('uncaughtException', fatal);
  onTestFinished(() => void process.off('uncaughtException', fatal));
  return fatal;
}

test('an error that comes while a worker and its queue are closed does not end the process', async () => {
  let goodbyes = 0;
  // Whoever says goodbye hears, before the line is closed, that the server is stopping.
  const databaseUrl = await startWay((said, { client, upstream }) => {
    if (!said.subarray(-5).equals(terminate)) return false;
    goodbyes++;
    upstream.destroy();
    client.end(stopping);
    return true;
  });
  const fatal = watchForTheEnd();
  const jobs = new Jobs({ databaseUrl });
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
  const before = goodbyes;
  await worker.close();
  await queue.close();
  await vi.waitFor(() => expect(goodbyes).toBeGreaterThan(before + 1));
  expect(fatal).not.toHaveBeenCalled();
});

test('a connection that breaks while a queue is opened does not end the process', async () => {
  let cutting = false;
  let cuts = 0;
  const databaseUrl = await startWay((said, { client }) => {
    if (!cutting || !said.includes('SELECT')) return false;
    cuts++;
    client.destroy();
    return true;
  });
  const fatal = watchForTheEnd();
  const jobs = new Jobs({ databaseUrl });
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
