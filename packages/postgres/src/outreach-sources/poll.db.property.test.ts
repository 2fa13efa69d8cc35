import fc from 'fast-check';
import { expect } from 'vitest';
import { databaseTest } from '../testing/database-test.js';
import { polledSource } from '../testing/polled-source.js';

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

databaseTest(
  'Feature: outreach sources, Property 2: wherever polls are broken off, each row is one item, and its table has its fate',
  async ({ db }) => {
    await db.owner.query(
      'create table their_outreach (id bigint primary key, body text, email text, status text, error text)',
    );
    const orgId = await db.organization();
    const { poll } = await polledSource(db, orgId);
    const pollBreaking = (at: [number, 'before' | 'after'][]) => {
      const breaking = new Breaking(new Map(at));
      return poll((target) => breaking.around(target));
    };
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
            for (const one of breaks) await pollBreaking([one]).catch(() => {});
          };
          await pollBroken();
          await poll();
          await db.owner.query(`update messages set status = 'sent' where status = 'scheduled'`);
          await pollBroken();
          await db.owner.query(`update messages set status = 'delivered' where status = 'sent'`);
          await poll();
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
