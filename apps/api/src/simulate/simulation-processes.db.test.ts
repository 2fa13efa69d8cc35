import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { SimulationInput } from '@halyard/contracts/simulate/routes';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { commandOf } from '../local/process-facts.js';
import { isTask, startParent, tasksOf } from '../testing/tasks-of.js';
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

/** A simulation that somebody asked for and is reading. */
interface UnderWay {
  /** Goes away, as a client does that has seen enough. */
  hangUp: () => void;
  /** The last line, when the server ends it. */
  last: Promise<unknown>;
}

/** Asks for a simulation and resolves when it is under way. */
async function begin(url: string, headers: Record<string, string>): Promise<UnderWay> {
  const asked = request(`${url}/flows/simulate/stream`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
  });
  asked.on('error', () => {});
  asked.end(JSON.stringify(endless));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let read = '';
  answer.on('error', () => {});
  answer.on('data', (chunk) => {
    read += chunk;
  });
  await once(answer, 'data');
  expect(JSON.parse(read)).toMatchObject({ progress: { of: 8_000 } });
  const last = once(answer, 'end').then(() => JSON.parse(read.trim().split('\n').at(-1) ?? ''));
  return { hangUp: () => asked.destroy(), last: last.catch(() => null) };
}

async function viewerOf(at: TestServer): Promise<Record<string, string>> {
  const { headers } = await at.user({ role: 'viewer', orgId: at.organization });
  return { ...headers, 'x-organization-id': at.organization };
}

test('while simulations are under way others are answered, no more than two of an organization, and who hangs up ends theirs', async () => {
  const mine = await viewerOf(server);
  const underWay = [await begin(server.url, mine), await begin(server.url, mine)];

  const me = server.caller(mine);
  expect(await me('GET', '/flows')).toMatchObject({ status: 200 });
  expect(await me('POST', '/flows/simulate', short)).toMatchObject({
    status: 429,
    body: { code: 'rate_limited', detail: expect.stringMatching(/^2 simulations of this organization/) },
  });
  const other = await server.as('viewer', await server.db.organization());
  expect(await other('POST', '/flows/simulate', short)).toMatchObject({ status: 200 });

  for (const one of underWay) one.hangUp();
  const again = async () => expect((await me('POST', '/flows/simulate', short)).status).toBe(200);
  await vi.waitFor(again, { timeout: 60_000 });
}, 120_000);

test('a server that stops ends its simulations instead of waiting for them', async () => {
  const stopping = await startTestServer();
  const { last } = await begin(stopping.url, await viewerOf(stopping));
  await stopping.stop();
  expect(tasksOf(process.pid)).toEqual([]);
  expect(await last).toMatchObject({ problem: { code: 'unavailable' } });
}, 120_000);

test.each(['SIGTRAP', 'SIGSEGV'] as const)(
  'after a crash by %s only the simulation has ended',
  async (signal) => {
    const mine = await viewerOf(server);
    const { last } = await begin(server.url, mine);
    const tasks = tasksOf(process.pid);
    expect(tasks).toHaveLength(1);
    for (const pid of tasks) process.kill(pid, signal);
    expect(await last).toMatchObject({ problem: { code: 'unavailable' } });
    expect(await server.caller(mine)('POST', '/flows/simulate', short)).toMatchObject({ status: 200 });
  },
  120_000,
);

test('a simulation ends with its server, and no list of processes shows what it was given', async () => {
  const secret = 'a secret that no list of processes shows';
  const surroundings = { databaseUrl: server.db.url, secret, publicUrl: server.url };
  const input = SimulationInput.parse(endless);
  const given = { surroundings, orgId: server.organization, input };
  const dying = startParent({ kind: 'simulate', given });
  await once(dying, 'message');
  const [task = 0] = tasksOf(dying.pid ?? 0);
  expect(commandOf(task)).toMatch(/task-from-sources\.ts$/);
  dying.kill('SIGKILL');
  await vi.waitFor(() => expect(isTask(task)).toBe(false), { timeout: 60_000 });
}, 120_000);
