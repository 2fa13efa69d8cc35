import { randomUUID } from 'node:crypto';
import type { OrgId } from '@halyard/core/ids';
import type pg from 'pg';
import { backedUpTables } from '../backup/tables.js';
import { inventRow } from './invented-row.js';

/** Puts a row into every table that a backup holds. */
export async function fillEveryTable(owner: pg.Pool, id: OrgId): Promise<void> {
  for (const { name, columns } of await tablesOf(owner))
    if (name.startsWith('public.') && columns.includes('org_id') && name !== 'public.organization_settings')
      await inventRow(owner, id, name.replace('public.', ''));
  const user = randomUUID();
  const session = randomUUID();
  await owner.query(
    `insert into auth."user" (id, name, email, "emailVerified") values ($1, 'Ada', 'ada@example.com', true)`,
    [user],
  );
  await owner.query(
    `insert into auth."session" (id, "expiresAt", token, "updatedAt", "userId", "activeOrganizationId")
     values ($1, now(), 'a', now(), $2, $3)`,
    [session, user, id],
  );
  await owner.query(
    `insert into auth."account" (id, "accountId", "providerId", "userId", "updatedAt") values ($1, 'a', 'b', $2, now())`,
    [randomUUID(), user],
  );
  await owner.query(
    `insert into auth."member" (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $3, 'owner', now())`,
    [randomUUID(), id, user],
  );
  await owner.query(
    `insert into auth.verification (identifier, value, "expiresAt") values ('a', 'b', now());
     insert into auth.jwks ("publicKey", "privateKey", "createdAt") values ('a', 'b', now());
     insert into auth.attempts (key, count, expires_at) values ('\\x00', 1, now());
     insert into rounds_begun (id, kind, items) values (gen_random_uuid(), 'events', '[]');
     insert into restores (backup_taken_at) values (now())`,
  );
  await owner.query(
    `insert into auth.api_keys (org_id, id, name, start, key_hash, scopes)
     values ($1, gen_random_uuid(), 'a', 'hal_a', '\\x00', '{}')`,
    [id],
  );
  await owner.query(`insert into auth."twoFactor" (secret, "backupCodes", "userId") values ('a', 'b', $1)`, [
    user,
  ]);
  await owner.query(
    `insert into auth.invitation ("organizationId", email, status, "expiresAt", "tokenHash")
     values ($1, 'bo@example.com', 'pending', now(), '\\x00')`,
    [id],
  );
  await owner.query(
    `insert into auth.refresh_tokens (token_hash, session_id, expires_at) values ('\\x01', $1, now())`,
    [session],
  );
}

const tablesOf = async (owner: pg.Pool) => {
  const client = await owner.connect();
  return backedUpTables(client).finally(() => client.release());
};
