import { randomBytes } from 'node:crypto';
import { SourceSettings } from '@halyard/contracts/outreach/source';
import { automation } from '@halyard/core/actor';
import { ManualClock } from '@halyard/core/clock';
import { aadOf, SecretBox } from '@halyard/core/connections/secret-box';
import type { OrgId, OutreachSourceId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Outreach } from '@halyard/core/outreach/outreach';
import { PollSource } from '@halyard/core/outreach-sources/poll-source';
import { SourceOpener } from '@halyard/core/outreach-sources/source-opener';
import fc from 'fast-check';
import { expect } from 'vitest';
import { PgOutreachStore } from '../outreach.js';
import { PgQuarantine } from '../review/quarantine.js';
import { databaseTest } from '../testing/database-test.js';
import type { TestDatabase } from '../testing/test-database.js';
import { PgOtherTable } from './other-database.js';
import { PgSourceStore } from './source-store.js';
import { PgTakenRows } from './taken-rows.js';

const settings = SourceSettings.parse({
  tls: 'disable',
  schema: 'public',
  table: 'their_outreach',
  columns: { id: 'id', body: 'body', email: 'email' },
  write_back: { status: 'status', error: 'error' },
  pending: 'pending',
  defaults: { channel: 'email', user_id: crypto.randomUUID() },
  poll_seconds: 5,
});

/** Throws at the calls of these numbers, before they are made or after. */
class Breaking {
  #calls = 0;
  constructor(private readonly at: ReadonlyMap<number, 'before' | 'after'>) {}

  around<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (inner, name) => {
        const method = Reflect.get(inner, name);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          const when = this.at.get(this.#calls++);
          if (when === 'before') throw new Error('killed');
          const result = await method.apply(inner, given);
          if (when === 'after') throw new Error('killed');
          return result;
        };
      },
    });
  }
}

async function sourceOf(db: TestDatabase, orgId: OrgId) {
  const box = new SecretBox(`k:${randomBytes(32).toString('base64')}`);
  const id = randomIds<OutreachSourceId>();
  const store = new PgSourceStore(db.app);
  const source = { id, name: `Source ${id}`, settings, server: 'here', active: true };
  const sealed = box.seal(db.url, aadOf(orgId, id));
  const audit = {
    actor: automation('test'),
    action: 'outreach_source.created',
    target: { type: 'outreach_source', id },
  };
  await store.insert(orgId, { ...source, sealed }, audit);
  const clock = new ManualClock(new Date());
  const wakeups = { poke: () => {}, listen: () => () => {} };
  const outreach = new Outreach(
    new PgOutreachStore(db.app, randomIds),
    clock,
    wakeups,
    new PgQuarantine(db.app),
  );
  const opener = new SourceOpener(box, async () => []);
  const table = new PgOtherTable({ addressOf: async (host) => host, now: () => clock.now() });
  return (breaking: Breaking) => {
    const parts = {
      table: breaking.around(table),
      taken: breaking.around(new PgTakenRows(db.app)),
      outreach: breaking.around(outreach),
      opener,
      clock,
    };
    return new PollSource(breaking.around(store), parts).poll(orgId, id);
  };
}

databaseTest(
  'Feature: outreach sources, Property 2: wherever polls are broken off, each row is one item, and its table has its fate',
  async ({ db }) => {
    await db.owner.query(
      'create table their_outreach (id bigint primary key, body text, email text, status text, error text)',
    );
    const orgId = await db.organization();
    const poll = await sourceOf(db, orgId);
    let next = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(7), fc.constantFrom('before' as const, 'after' as const)), { maxLength: 3 }),
        async (rows, breaks) => {
          const first = next;
          for (const good of rows)
            await db.owner.query(
              `insert into their_outreach values ($1::bigint, $2, 'guest' || $1::bigint || '@example.com', 'pending')`,
              [next++, good ? 'Ahoi' : ''],
            );
          const pollBroken = async () => {
            for (const one of breaks) await poll(new Breaking(new Map([one]))).catch(() => {});
          };
          await pollBroken();
          await poll(new Breaking(new Map()));
          await db.owner.query(`update messages set status = 'sent' where status = 'scheduled'`);
          await pollBroken();
          await db.owner.query(`update messages set status = 'delivered' where status = 'sent'`);
          await poll(new Breaking(new Map()));
          const { rows: theirs } = await db.owner.query(
            'select status from their_outreach where id >= $1 order by id',
            [first],
          );
          expect(theirs.map(({ status }) => status)).toEqual(
            rows.map((good) => (good ? 'delivered' : 'rejected')),
          );
          const { rows: counted } = await db.owner.query(
            `select (select count(*)::int from outreach_items) as items, (select count(*)::int from messages) as messages,
               (select count(*)::int from their_outreach where status = 'delivered') as taken`,
          );
          const [{ items, messages, taken }] = counted;
          expect({ items, messages }).toEqual({ items: taken, messages: taken });
        },
      ),
      { numRuns: 100 },
    );
  },
  240_000,
);
