import { readFileSync } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HalyardProcess } from './halyard-process.js';
import { freePort, place, startHalyard } from './halyard-process.js';

const ready = 'Ctrl-C stops everything';
const minute = 120_000;

describe('a first start and what comes after it', () => {
  let home: string;
  let port: number;
  let remove: () => Promise<void>;
  const running: HalyardProcess[] = [];
  const start = (): HalyardProcess => {
    const halyard = startHalyard({ HALYARD_HOME: home, PORT: String(port) });
    running.push(halyard);
    return halyard;
  };
  beforeAll(async () => {
    ({ home, port, remove } = await place());
  });
  afterAll(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await remove();
  });

  interface Access {
    api_key: string;
    email: string;
    password: string;
    sample: { booking_id: string };
  }
  const access = (): Access => JSON.parse(readFileSync(join(home, 'access.json'), 'utf8'));
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { 'x-api-key': access().api_key },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { items: { time_zone?: string }[] };
  };

  let halyard: HalyardProcess;
  let guests: unknown;

  test(
    'prints the way in, and the sample booking has its whole plan',
    async () => {
      halyard = start();
      await halyard.printed(ready);
      const { api_key, email, password, sample } = access();
      for (const told of [
        `http://127.0.0.1:${port}`,
        api_key,
        email,
        password,
        sample.booking_id,
        '/sandbox/inbox',
      ])
        expect(halyard.output()).toContain(told);
      const plan = await get(`/bookings/${sample.booking_id}/plan`);
      expect(plan.items.length).toBeGreaterThanOrEqual(3);
      expect(plan.items.every(({ time_zone }) => time_zone === 'Europe/Berlin')).toBe(true);
      guests = (await get('/contacts')).items;
    },
    2 * minute,
  );

  test('what lies in the folder is for its owner only', async () => {
    for (const name of ['secrets.json', 'access.json', 'halyard.log'])
      expect((await stat(join(home, name))).mode & 0o077).toBe(0);
  });

  test(
    'a second Halyard on the same folder is told that there is one',
    async () => {
      const second = startHalyard({ HALYARD_HOME: home, PORT: String(await freePort()) });
      expect(await second.ended).toBe(1);
      expect(second.output()).toContain('already running on this folder');
      expect(second.output()).not.toContain('    at ');
    },
    minute,
  );

  test(
    'Ctrl-C stops it and its database, and ends with 0',
    async () => {
      const { database_url } = JSON.parse(readFileSync(join(home, 'running.json'), 'utf8'));
      halyard.child.kill('SIGINT');
      expect(await halyard.ended).toBe(0);
      await expect(connects(Number(new URL(database_url).port))).resolves.toBe(false);
    },
    minute,
  );

  test(
    'a second start changes nothing',
    async () => {
      const before = access();
      halyard = start();
      await halyard.printed(ready);
      expect(access()).toEqual(before);
      expect((await get('/contacts')).items).toEqual(guests);
    },
    minute,
  );

  test(
    'it starts again after it was killed, with its database left running',
    async () => {
      halyard.child.kill('SIGKILL');
      expect(await halyard.ended).toBe('SIGKILL');
      halyard = start();
      await halyard.printed(ready);
      expect((await get('/contacts')).items).toEqual(guests);
    },
    minute,
  );

  test(
    'it says so and ends when its database is killed, and the next start has everything',
    async () => {
      const [pid] = readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGKILL');
      expect(await halyard.ended).toBe(1);
      expect(halyard.output()).toContain('start Halyard again');
      halyard = start();
      await halyard.printed(ready);
      expect((await get('/contacts')).items).toEqual(guests);
      halyard.child.kill('SIGTERM');
      expect(await halyard.ended).toBe(0);
    },
    minute,
  );
});

describe('what the surroundings do not allow is told in one sentence', () => {
  let home: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ home, remove } = await place());
  });
  afterAll(() => remove());

  async function refusal(env: Record<string, string>): Promise<string> {
    const halyard = startHalyard({ HALYARD_HOME: home, PORT: String(await freePort()), ...env });
    expect(await halyard.ended).toBe(1);
    expect(halyard.output()).not.toContain('    at ');
    return halyard.output();
  }

  test(
    'a port in use',
    async () => {
      const other = createServer();
      const port = await new Promise<number>((resolve) =>
        other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
      );
      expect(await refusal({ PORT: String(port) })).toContain(`Port ${port} is in use.`);
      other.close();
    },
    minute,
  );

  test(
    'a folder that cannot be written',
    async () => {
      const file = `${home}-file`;
      await writeFile(file, '');
      expect(await refusal({ HALYARD_HOME: join(file, 'home') })).toContain('cannot be written');
    },
    minute,
  );

  test(
    'a database that cannot be reached',
    async () => {
      const url = `postgres://nobody:secret@127.0.0.1:${await freePort()}/halyard`;
      const told = await refusal({ DATABASE_URL: url });
      expect(told).toContain('The database cannot be reached');
      expect(told).not.toContain('secret');
    },
    minute,
  );

  test(
    'a database that is too old',
    async () => {
      const server = await oldPostgres();
      const url = `postgres://owner@127.0.0.1:${server.port}/halyard`;
      expect(await refusal({ DATABASE_URL: url })).toContain('PostgreSQL 15.4; Halyard needs 16 or newer');
      server.close();
    },
    minute,
  );

  test(
    'a setting that is wrong',
    async () => {
      expect(await refusal({ HALYARD_ROLES: 'captain' })).toContain('HALYARD_ROLES');
    },
    minute,
  );
});

function connects(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    (error) => error.cause?.code !== 'ECONNREFUSED',
  );
}

/** Speaks as much of PostgreSQL's protocol as it takes to say that it is version 15.4. */
function oldPostgres(): Promise<{ port: number; close: () => void }> {
  const message = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts);
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const int16 = (n: number) => Buffer.from([n >> 8, n & 255]);
  const int32 = (n: number) => Buffer.concat([int16(n >> 16), int16(n & 0xffff)]);
  const column = (name: string, type: number) =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(type),
      int16(-1 & 0xffff),
      int32(0),
      int16(0),
    ]);
  const cell = (text: string) => Buffer.concat([int32(text.length), Buffer.from(text)]);
  const readyForQuery = message('Z', Buffer.from('I'));
  const version = Buffer.concat([
    message('T', int16(2), column('number', 23), column('name', 25)),
    message('D', int16(2), cell('150004'), cell('15.4')),
    message('C', Buffer.from('SELECT 1\0')),
    readyForQuery,
  ]);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (given) => {
      const isQuery = given[0] === 'Q'.charCodeAt(0);
      const isStart = given[0] === 0; // the only message without a type
      if (isStart) socket.write(Buffer.concat([message('R', int32(0)), readyForQuery]));
      if (isQuery) socket.write(version);
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as { port: number }).port, close: () => server.close() }),
    ),
  );
}
