import type { Answer, IdempotencyStore, Kept, KeyedRequest } from '@halyard/core/idempotency/idempotency';
import type { OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database, Tx } from './database.js';

/**
 * One transaction around the whole request: stores that open a transaction in it get a savepoint of this one. So an
 * effect without its answer, or an answer without its effect, cannot be, and a crash leaves the key free.
 */
export class PgIdempotencyStore implements IdempotencyStore {
  constructor(private readonly database: Database) {}

  once(orgId: OrgId, request: KeyedRequest, work: () => Promise<Answer>): Promise<Kept> {
    return this.database.aroundOrg(orgId, async (tx) => {
      // Waiting instead would let a storm of repetitions hold every connection.
      if (!(await lockKey(tx, orgId, request.key))) return { kind: 'running' };
      const stored = await findAnswer(tx, orgId, request.key);
      if (stored)
        return stored.request_hash.equals(request.fingerprint)
          ? { kind: 'replayed', answer: { status: stored.status ?? 200, body: stored.response } }
          : { kind: 'other_request' };
      const answer = await work();
      await keepAnswer(tx, orgId, request, answer);
      return { kind: 'done', answer };
    });
  }
}

async function lockKey(tx: Tx, orgId: OrgId, key: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`idempotency:${orgId}:${key}`}, 0)) as locked`.execute(
    tx,
  );
  return rows[0]?.locked ?? false;
}

const findAnswer = (tx: Tx, orgId: OrgId, key: string) =>
  tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'response'])
    .where('org_id', '=', orgId)
    .where('key', '=', key)
    .where('created_at', '>', sql<Date>`now() - interval '48 hours'`)
    .executeTakeFirst();

async function keepAnswer(tx: Tx, orgId: OrgId, request: KeyedRequest, answer: Answer): Promise<void> {
  await sql`
    with expired as (
      select key from idempotency_keys
      where org_id = ${orgId} and created_at < now() - interval '48 hours' and key <> ${request.key}
      limit 20 for update skip locked
    )
    delete from idempotency_keys where org_id = ${orgId} and key in (select key from expired)`.execute(tx);
  const row = {
    route: request.route,
    request_hash: request.fingerprint,
    status: answer.status,
    response: answer.body === undefined ? null : JSON.stringify(answer.body),
  };
  await tx
    .insertInto('idempotency_keys')
    .values({ org_id: orgId, key: request.key, ...row })
    // What is there has expired, else it would have been found.
    .onConflict((conflict) =>
      conflict.columns(['org_id', 'key']).doUpdateSet({ ...row, created_at: sql`now()` }),
    )
    .execute();
}
