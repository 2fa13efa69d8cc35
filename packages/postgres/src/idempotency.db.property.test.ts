import { setImmediate as nextTurn } from 'node:timers/promises';
import { Idempotency } from '@halyard/core/idempotency/idempotency';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgIdempotencyStore } from './idempotency.js';
import type { TestDatabase } from './testing/test-database.js';
import { openTestDatabase } from './testing/test-database.js';

let db: TestDatabase;
let idempotency: Idempotency;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  idempotency = new Idempotency(new PgIdempotencyStore(db.app));
  school = await db.organization();
});
afterAll(() => db.drop());

interface Request {
  key: number;
  body: number;
  outcome: 'works' | 'fails_before_writing' | 'fails_after_writing';
}
interface Result {
  request: Request;
  answer?: unknown;
  code?: string;
}

/** Writes one topic per call that lasts, so that effects can be counted, and answers with its key. */
async function send(prefix: string, request: Request): Promise<Result> {
  const key = `${prefix}-${request.key}`;
  const work = async () => {
    await nextTurn();
    if (request.outcome === 'fails_before_writing') throw new Error('planned');
    const effect = `${key}:${request.body}:${randomIds()}`;
    await db.app.forOrg(school, (tx) =>
      tx.insertInto('topics').values({ org_id: school, key: effect, name: '{}' }).execute(),
    );
    if (request.outcome === 'fails_after_writing') throw new Error('planned');
    return { status: 201, body: { effect } };
  };
  const keyed = { key, route: 'createTopic', url: '/topics', body: { n: request.body } };
  try {
    return { request, answer: (await idempotency.answer(school, keyed, work)).answer };
  } catch (error) {
    return { request, code: (error as { code?: string }).code ?? (error as Error).message };
  }
}

async function effectsOf(prefix: string): Promise<string[]> {
  const rows = await db.app.forOrg(school, (tx) =>
    tx.selectFrom('topics').select('key').where('key', 'like', `${prefix}-%`).execute(),
  );
  return rows.map((row) => row.key);
}

const requests = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 2 }),
    body: fc.integer({ min: 0, max: 1 }),
    outcome: fc.constantFrom('works', 'works', 'fails_before_writing', 'fails_after_writing') as fc.Arbitrary<
      Request['outcome']
    >,
  }),
  { minLength: 1, maxLength: 12 },
);

test('Feature: idempotency, Property 1: whatever is repeated, at once or later, takes effect once per key and is answered alike', async () => {
  await fc.assert(
    fc.asyncProperty(requests, fc.integer({ min: 1, max: 6 }), async (sent, atOnce) => {
      const prefix = randomIds();
      const results: Result[] = [];
      for (let n = 0; n < sent.length; n += atOnce)
        results.push(
          ...(await Promise.all(sent.slice(n, n + atOnce).map((request) => send(prefix, request)))),
        );

      const effects = await effectsOf(prefix);
      for (const key of new Set(sent.map((request) => request.key))) {
        const own = effects.filter((effect) => effect.startsWith(`${prefix}-${key}:`));
        expect(own.length).toBeLessThanOrEqual(1);
        const answered = results.filter((result) => result.request.key === key && result.answer);
        expect(own.length).toBe(answered.length ? 1 : 0);
        for (const { request, answer } of answered) {
          expect(answer).toEqual({ status: 201, body: { effect: own[0] } });
          expect(own[0]).toContain(`${prefix}-${key}:${request.body}:`);
        }
      }
      for (const { code } of results)
        expect([undefined, 'planned', 'idempotency_conflict', 'idempotency_in_progress']).toContain(code);
    }),
    { numRuns: 150 },
  );
});
