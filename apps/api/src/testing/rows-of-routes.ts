import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { inventRow } from '@halyard/postgres/testing/invented-row';
import type { TestCaller, TestServer } from './test-server.js';

/** Something real that a path names: what stands for its parameters, and somebody who may use it. */
export interface NamedRow {
  params: Record<string, string>;
  rightful: TestCaller;
  /** Finds the row again, to see that nobody else changed it. */
  row: { table: string; where: Record<string, unknown> };
}

/** A table whose name or columns are not those of the path: `/flows/:id/versions/:number`. */
const tables: Record<string, { table: string; params: Record<string, string> }> = {
  '/flows/:id/versions/:number': { table: 'flow_versions', params: { id: 'flow_id', number: 'number' } },
  '/templates/:id/versions/:number': {
    table: 'template_versions',
    params: { id: 'template_id', number: 'number' },
  },
  // With a version of it: some routes of flows and templates name one.
  '/flows/:id': { table: 'flow_versions', params: { id: 'flow_id' } },
  '/templates/:id': { table: 'template_versions', params: { id: 'template_id' } },
  '/merges/:id': { table: 'contact_merges', params: { id: 'id' } },
  '/outreach/items/:id': { table: 'outreach_items', params: { id: 'id' } },
  '/outreach/sources/:id': { table: 'outreach_sources', params: { id: 'id' } },
  '/outreach/tenants/:id': { table: 'outreach_tenants', params: { id: 'tenant_id' } },
  '/sandbox/inbox/:id': { table: 'sandbox_inbox', params: { id: 'id' } },
  '/topics/:key': { table: 'topics', params: { key: 'key' } },
  '/api-keys/:id': { table: 'auth.api_keys', params: { id: 'id' } },
};

/** The id that sampleOf gives: a body that names a row beside the path's finds it by this. */
const madeUp = '00000000-0000-7000-8000-000000000000';

type Make = (server: TestServer, orgId: OrgId) => Promise<NamedRow>;

/** What belongs to people rather than to an organization, and is made in another way. */
const made: Record<string, Make> = {
  '/auth/sessions/:id': async (server, orgId) => {
    const user = await server.user({ role: 'viewer', orgId });
    const row = { table: 'auth.session', where: { id: user.sessionId } };
    return { params: { id: user.sessionId }, rightful: server.caller(user.headers), row };
  },
  '/organizations/:id': async (server, orgId) => ({
    params: { id: orgId },
    rightful: await server.as('viewer', orgId),
    row: { table: 'auth.organization', where: { id: orgId } },
  }),
  '/users/:id': async (server, orgId) => {
    const { userId } = await server.user({ role: 'viewer', orgId });
    const row = { table: 'auth.member', where: { userId } };
    return { params: { id: userId }, rightful: await server.as('owner', orgId), row };
  },
  '/courses/:id/lessons/:lesson_id': async (server, orgId) => {
    const row = await inventRow(server.db.owner, orgId, 'courses');
    const [module_id, lesson_id] = [madeUp, randomIds()];
    const lessons = [{ id: lesson_id, name: 'Knots', url: null, published_at: null }];
    await server.db.owner.query('update courses set modules = $1 where id = $2', [
      JSON.stringify([{ id: module_id, name: 'Ropes', url: null, lessons }]),
      row.id,
    ]);
    return {
      params: { id: String(row.id), lesson_id },
      rightful: await server.as('owner', orgId),
      row: { table: 'courses', where: { org_id: orgId, id: row.id } },
    };
  },
  '/attempts/:id': async (server, orgId) => {
    const message = await inventRow(server.db.owner, orgId, 'messages', { address: 'anna@example.com' });
    const { id } = await inventRow(server.db.owner, orgId, 'attempts', { message_id: message.id });
    const row = { table: 'attempts', where: { org_id: orgId, id } };
    return { params: { id: String(id) }, rightful: await server.as('owner', orgId), row };
  },
  '/invitations/:id': async (server, orgId) => {
    const id = await invite(server, orgId, `${randomIds()}@example.com`);
    const row = { table: 'auth.invitation', where: { id } };
    return { params: { id }, rightful: await server.as('owner', orgId), row };
  },
  '/invitations/:id/accept': async (server, orgId) => {
    const user = await server.user();
    const id = await invite(server, orgId, user.email);
    const row = { table: 'auth.invitation', where: { id } };
    return { params: { id }, rightful: server.caller(user.headers), row };
  },
  // Something must keep strangers out of it, which an invented row does not have.
  '/inbound-hooks/:id': async (server, orgId) => {
    const owner = await server.as('owner', orgId);
    const { id } = (await owner('POST', '/inbound-hooks', { name: randomIds(), kind: 'events' })).body;
    return { params: { id }, rightful: owner, row: { table: 'inbound_hooks', where: { org_id: orgId, id } } };
  },
};

/** Makes what the parameters of this path name, in this organization. Fails with what to add when it does not know how. */
export async function rowNamedBy(path: string, server: TestServer, orgId: OrgId): Promise<NamedRow> {
  const named = path.slice(0, path.lastIndexOf(':')) + path.slice(path.lastIndexOf(':')).split('/', 1)[0];
  const make = made[path] ?? made[named];
  if (make) return make(server, orgId);
  const { table, params } = tables[named] ?? (await tableNamedAs(named, server));
  const row = await inventRow(server.db.owner, orgId, table);
  const values = Object.entries(params).map(([param, column]) => [param, String(row[column])]);
  const where = Object.fromEntries(Object.values(params).map((column) => [column, row[column]]));
  return {
    params: Object.fromEntries(values),
    rightful: await server.as('owner', orgId),
    row: { table, where: { org_id: orgId, ...where } },
  };
}

async function tableNamedAs(path: string, server: TestServer) {
  const table = /^\/([a-z-]+)\/:id$/.exec(path)?.[1]?.replaceAll('-', '_');
  const { rows } = await server.db.owner.query('select to_regclass($1) is not null as there', [table]);
  if (!table || !rows[0]?.there)
    throw new Error(
      `Nobody says what ${path} names: add its table and columns, or how to make one, to apps/api/src/testing/rows-of-routes.ts.`,
    );
  return { table, params: { id: 'id' } };
}

async function invite(server: TestServer, orgId: OrgId, email: string): Promise<string> {
  const id = randomIds<OrgId>();
  await server.db.owner.query(
    `insert into auth.invitation (id, "organizationId", email, role, status, "expiresAt", "tokenHash")
     values ($1, $2, $3, 'viewer', 'pending', now() + interval '1 day', sha256($4))`,
    [id, orgId, email, Buffer.from(id)],
  );
  return id;
}
