import type { Access, Role, Route, Scope } from '@halyard/contracts/route';
import { roles, scopes } from '@halyard/contracts/route';
import { routes } from '@halyard/contracts/routes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Verdict = 'allowed' | 'unauthenticated' | 'forbidden';

/** What the route table promises; written a second time here, so that the guard and its row must agree with it. */
const promised = {
  anonymous: (access: Access): Verdict => (access === 'public' ? 'allowed' : 'unauthenticated'),
  member: (access: Access, role: Role): Verdict => {
    if (access === 'api_key') return 'forbidden';
    if (typeof access === 'string') return 'allowed';
    return roles.indexOf(role) >= roles.indexOf(access.role) ? 'allowed' : 'forbidden';
  },
  key: (access: Access, held: readonly Scope[]): Verdict => {
    if (access === 'public' || access === 'api_key') return 'allowed';
    if (access === 'signed_in' || !access.scope) return 'forbidden';
    return held.includes(access.scope) ? 'allowed' : 'forbidden';
  },
};

const scopeOf = (access: Access): Scope | undefined =>
  typeof access === 'object' ? access.scope : undefined;

/** With an id that nothing has and a body that says nothing: the guard decides before either is looked at. */
const call = (caller: TestCaller, { method, path, accepts }: Route): Promise<Answer> => {
  const address = path.replaceAll(/:\w+/g, '00000000-0000-7000-8000-000000000000');
  const typed: Record<string, string> = accepts?.[0] ? { 'content-type': accepts[0] } : {};
  return caller(method, address, method === 'GET' ? undefined : accepts ? '\n' : {}, typed);
};

const verdictOf = ({ status, body }: Answer): Verdict | string => {
  if (body?.code === 'unauthenticated' || body?.code === 'forbidden') return body.code;
  return status < 500 ? 'allowed' : `${status} ${JSON.stringify(body)}`;
};

test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s lets in whom its row allows, and nobody else',
  async (_name, route) => {
    const { access } = route;
    const scope = scopeOf(access);
    const others = scopes.filter((other) => other !== scope);
    // Fresh callers for each route: some routes end the session or the membership of whoever calls them.
    const verdicts: Record<string, unknown> = {
      anonymous: verdictOf(await call(server.anonymous, route)),
      'key without the scope': verdictOf(await call(await server.apiKey(others), route)),
    };
    const expected: Record<string, Verdict> = {
      anonymous: promised.anonymous(access),
      'key without the scope': promised.key(access, others),
    };
    for (const role of roles) {
      verdicts[role] = verdictOf(await call(await server.as(role), route));
      expected[role] = promised.member(access, role);
    }
    if (scope) {
      verdicts['key with the scope'] = verdictOf(await call(await server.apiKey([scope]), route));
      expected['key with the scope'] = promised.key(access, [scope]);
    }
    expect(verdicts).toEqual(expected);
  },
);

test('a member of one organization gets nowhere by naming another', async () => {
  const other = await server.db.organization('Another school');
  const owner = await server.as('owner');
  const key = await server.apiKey();
  for (const caller of [owner, key]) {
    const answer = await caller('GET', '/products', undefined, { 'x-organization-id': other });
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
});
