import type { Route } from '@halyard/contracts/route';
import { routes } from '@halyard/contracts/routes';
import type { OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamedRow } from '../testing/rows-of-routes.js';
import { rowNamedBy } from '../testing/rows-of-routes.js';
import { sampleOf } from '../testing/sample-of.js';
import type { Answer, TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

/** Bodies for routes whose schema a sample cannot meet (patterns, rules across fields), or that name a second row. */
const bodies: Record<string, () => Promise<unknown>> = {
  mergeContacts: async () => ({
    other_id: (await rowNamedBy('/contacts/:id', server, server.organization)).params.id,
  }),
  weighFlowVersions: async () => ({ weights: [{ version: 1, weight: 100 }] }),
  updateAlertRoute: async () => ({
    name: 'Ops',
    severities: ['critical'],
    target: { type: 'message', channel: 'email', to: 'ops@example.org' },
  }),
  stopFlow: async () => ({ all: true }),
  answerWorkflowCall: async () => ({ answer: {} }),
  recordProgress: async () => ({ completed_percent: 45 }),
};

let server: TestServer;
let other: OrgId;
beforeAll(async () => {
  server = await startTestServer();
  other = await server.db.organization('Another school');
});
afterAll(() => server.stop());

async function call(caller: TestCaller, route: Route, params: Record<string, string>): Promise<Answer> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams(sampleOf(route.query, 'output') as Record<string, string>);
  const address = `${path}?${query}`;
  const [stream] = route.accepts ?? [];
  if (stream) return caller(route.method, address, '\n', { 'content-type': stream });
  if (route.method === 'GET') return caller('GET', address);
  return caller(route.method, address, (await bodies[route.id]?.()) ?? sampleOf(route.body));
}

const contents = async ({ row: { table, where } }: NamedRow): Promise<unknown> => {
  const client = await server.db.owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('halyard.org_id', $1, true)`, [where.org_id ?? '']);
    const conditions = Object.keys(where).map((column, n) => `"${column}" = $${n + 1}`);
    const { rows } = await client.query(
      `select * from ${table} where ${conditions.join(' and ')}`,
      Object.values(where),
    );
    return rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
};

/** Routes whose parameter names no row of an organization. */
const namesNobodys = new Set([
  'installRecipe', // recipes are shipped with Halyard: their keys are the same for everyone
  'mapOutreachTenant', // the id is another service's: each organization may map it for itself
  'putCourse', // so is this one: each organization may have a course of that id
]);

const withIds = routes.filter(
  (route) => route.path.includes(':') && route.access !== 'public' && !namesNobodys.has(route.id),
);

test.each(withIds.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s answers 404 to the ids of another organization, and touches nothing',
  async (_name, route) => {
    const named = await rowNamedBy(route.path, server, server.organization);
    const before = await contents(named);
    expect(before).toHaveLength(1);
    const strangers = [await server.as('owner', other)];
    if (typeof route.access === 'object' && route.access.scope)
      strangers.push(await server.apiKey(undefined, other));
    for (const stranger of strangers) {
      const answer = await call(stranger, route, named.params);
      if (answer.status === 422)
        throw new Error(
          `A made-up request does not fit ${route.id}: add a body here. ${JSON.stringify(answer.body.errors)}`,
        );
      expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect(await contents(named)).toEqual(before);
    // Whose row it is gets further, so the 404 was for the stranger and not for a row that is not there.
    expect((await call(named.rightful, route, named.params)).status).not.toBe(404);
  },
);
