import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Every login begins a run that stays, and every later one looks at all of them: it does not end before it is ended. */
const endless = {
  flow: {
    definition: {
      name: 'Endless',
      trigger: { type: 'event', event: 'user.login' },
      reentry: 'always',
      exits: [{ name: 'never', condition: { field: 'contact.attributes.left', op: 'exists' } }],
      steps: [{ id: 'wait', type: 'wait', wait: { for: 'duration', duration: 'P300D' } }],
    },
  },
  contacts: [{ key: 'anna', email: 'anna@example.com' }],
  events: Array.from({ length: 8_000 }, (_, n) => ({
    at: new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString(),
    type: 'user.login',
    contact: 'anna',
  })),
};
const short = { ...endless, events: endless.events.slice(0, 1) };

/** Asks for a simulation and resolves when it is under way. `hangUp`: as a client does that goes away. */
async function begin(headers: Record<string, string>): Promise<{ hangUp: () => void }> {
  const client = new AbortController();
  const answer = await fetch(`${server.url}/flows/simulate/stream`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(endless),
    signal: client.signal,
  });
  const first = await answer.body?.getReader().read();
  expect(JSON.parse(new TextDecoder().decode(first?.value))).toMatchObject({ progress: { of: 8_000 } });
  return { hangUp: () => client.abort() };
}

test('while simulations are under way others are answered, no more than two of an organization, and who hangs up ends theirs', async () => {
  const { organization } = server;
  const { headers } = await server.user({ role: 'viewer', orgId: organization });
  const mine = { ...headers, 'x-organization-id': organization };
  const underWay = [await begin(mine), await begin(mine)];

  const me = server.caller(mine);
  expect(await me('GET', '/flows')).toMatchObject({ status: 200 });
  expect(await me('POST', '/flows/simulate', short)).toMatchObject({
    status: 429,
    body: { code: 'rate_limited', detail: expect.stringMatching(/^2 simulations of this organization/) },
  });
  const other = await server.as('viewer', await server.db.organization());
  expect(await other('POST', '/flows/simulate', short)).toMatchObject({ status: 200 });

  for (const one of underWay) one.hangUp();
  await vi.waitFor(
    async () => expect(await me('POST', '/flows/simulate', short)).toMatchObject({ status: 200 }),
    {
      timeout: 20_000,
    },
  );
});

test('a server that stops ends its simulations instead of waiting for them', async () => {
  const stopping = await startTestServer();
  const admin = await stopping.as('admin');
  const simulated = admin('POST', '/flows/simulate', endless).catch(() => null);
  await vi.waitFor(async () =>
    expect((await admin('POST', '/flows/simulate', { ...short, flow: {} })).status).toBe(422),
  );
  await stopping.stop();
  expect(await simulated).not.toMatchObject({ status: 200 });
});
