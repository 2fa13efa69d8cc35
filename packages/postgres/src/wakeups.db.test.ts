import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';
import { PgWakeups } from './wakeups.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());

/** What lies between Halyard and its database: can be cut, and counts who comes. */
async function line() {
  const { hostname, port } = new URL(db.url);
  const open = new Set<Socket>();
  const seen = { attempts: 0, cut: false };
  const server = createServer((socket) => {
    seen.attempts += 1;
    socket.on('error', () => {});
    if (seen.cut) return void socket.destroy();
    const there = connect(Number(port), hostname);
    for (const one of [socket, there]) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        socket.destroy();
        there.destroy();
        open.delete(one);
      });
    }
    socket.pipe(there);
    there.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(db.url);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    seen,
    set cut(isCut: boolean) {
      seen.cut = isCut;
      if (isCut) for (const socket of open) socket.destroy();
    },
    close: () => server.close(),
  };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 10_000; !isSo(); await pause(5))
    if (performance.now() > deadline) throw new Error('It did not come to be within 10 seconds.');
}

test('a poke reaches the listeners of every process, and only those of its kind', async () => {
  const here = await PgWakeups.open(db.url, 'here');
  const there = await PgWakeups.open(db.url, 'there');
  const woken: string[] = [];
  here.listen('events', () => woken.push('here'));
  there.listen('events', () => woken.push('there'));
  there.listen('runs', () => woken.push('runs'));
  here.poke('events');
  await until(() => woken.length === 2);
  expect(woken.sort()).toEqual(['here', 'there']);
  await Promise.all([here.close(), there.close()]);
});

test('while the database is away it is asked for again at a steady pace, and one connection comes back', async () => {
  const between = await line();
  const reconnectMs = 20;
  const wakeups = await PgWakeups.open(between.url, 'here', { debounceMs: 1, reconnectMs });
  let woken = 0;
  wakeups.listen('events', () => {
    woken += 1;
  });
  const cutAt = performance.now();
  between.cut = true;
  await until(() => between.seen.attempts > 10);
  const attempts = between.seen.attempts - 1;
  expect(attempts).toBeLessThanOrEqual((performance.now() - cutAt) / reconnectMs + 1);
  between.cut = false;
  await until(() => woken === 1); // for what was told meanwhile
  wakeups.poke('events');
  await until(() => woken === 2);
  const { rows } = await db.owner.query(
    `select count(*)::int as n from pg_stat_activity where application_name = 'halyard_wakeups' and datname = current_database()`,
  );
  expect(rows).toEqual([{ n: 1 }]);
  await wakeups.close();
  between.close();
});
