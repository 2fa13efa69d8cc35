import { randomIds } from '@halyard/core/ids';
import { PgFigureCounter } from '@halyard/postgres/overview/count-figures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('what was sent is in the overview of its organization, and in no other', async () => {
  const { db, organization } = server;
  const other = await db.organization('Another school');
  await db.owner.query(
    `insert into events (org_id, id, type, payload, occurred_at, recorded_at)
     values ($1, $2, 'message.sent', '{"channel": "email"}', now(), now() - interval '1 minute')`,
    [organization, randomIds<never>()],
  );
  const viewer = await server.as('viewer');
  const today = async (caller = viewer) => {
    const { status, body } = await caller('GET', '/overview?days=2');
    expect(status).toBe(200);
    expect(body.days).toHaveLength(2);
    return body.days[1].channels;
  };
  const counter = new PgFigureCounter(db.worker);
  await expect
    .poll(() => counter.count().then(() => today()), { timeout: 15_000 })
    .toMatchObject([{ channel: 'email', sent: 1 }]);
  expect(await today(await server.as('viewer', other))).toEqual([]);
});

test('more days than a quarter of a year are refused', async () => {
  const answer = await (await server.as('viewer'))('GET', '/overview?days=91');
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
});
