import { randomUUID } from 'node:crypto';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import pg from 'pg';
import { inject } from 'vitest';
import { Database } from '../database.js';

/** A database of this suite's own, cloned from the migrated template. */
export interface TestDatabase {
  /** The owner's URL. */
  url: string;
  app: Database;
  worker: Database;
  /** As the owner, for what a test must see or arrange beyond any role. */
  owner: pg.Pool;
  /** Makes an organization with its settings and returns its id. */
  organization(name?: string): Promise<OrgId>;
  drop(): Promise<void>;
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, template } = inject('databaseServer');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  const url = serverUrl.replace(/\/[^/]*$/, `/${name}`);
  const owner = new pg.Pool({ connectionString: url, max: 4 });
  owner.on('error', () => {});
  const app = await Database.open(url, 'halyard_app');
  const worker = await Database.open(url, 'halyard_worker');
  return {
    url,
    app,
    worker,
    owner,
    organization: (label = 'Test school') => insertOrganization(app, label),
    async drop() {
      await Promise.all([app.close(), worker.close(), owner.end()]);
      await dropDatabase(serverUrl, name);
    },
  };
}

async function insertOrganization(app: Database, name: string): Promise<OrgId> {
  const orgId = randomIds<OrgId>();
  await app.pool.query(
    `insert into auth.organization (id, name, slug, "createdAt") values ($1, $2, $3, now())`,
    [orgId, name, orgId],
  );
  await app.forOrg(orgId, (tx) =>
    tx.insertInto('organization_settings').values({ org_id: orgId, name }).execute(),
  );
  return orgId;
}

/** An autovacuum worker, which only a superuser may end, can be in it: then it goes with the whole server. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, `drop database ${name} with (force)`).catch((error: { code?: string }) => {
    if (error.code !== '42501') throw error;
  });
}

export async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
