import fc from 'fast-check';
import { expect } from 'vitest';
import { handingTest as test } from '../testing/handing-school.js';

test('Feature: handovers, Property 1: whoever claims, however many and how much at once, nobody gets what another has', async ({
  school,
}) => {
  await school.addN8n('pull');
  const contact = await school.addContact({ email: 'ada@example.com' });
  const worker = school.worker();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }),
      async (messages, limits) => {
        await school.query('delete from messages');
        for (let n = 0; n < messages; n++) await school.addMessage(contact, { class: 'service' });
        await worker.settle();
        const claimed = (await Promise.all(limits.map((limit) => school.claim(limit)))).flat();
        const ids = claimed.map(({ message_id }) => message_id);
        expect(new Set(ids).size).toBe(ids.length);
        const rest = await school.claim(100);
        expect(new Set([...ids, ...rest.map(({ message_id }) => message_id)]).size).toBe(messages);
        const { rows } = await school.query(
          `select count(*)::int as n from messages join attempts on message_id = messages.id where outcome is null`,
        );
        expect(rows[0].n).toBe(messages);
      },
    ),
    { numRuns: 100 },
  );
  expect(school.provider.requests).toEqual([]); // Halyard called nobody
}, 120_000);

test('Feature: handovers, Property 2: two claims at once never exceed a cap', async ({ school }) => {
  await school.addN8n('pull');
  await school.setPolicy({ caps: [{ messages: 2, per: 'P1D' }] });
  const worker = school.worker();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (messages) => {
      await school.query('delete from messages');
      const contact = await school.addContact({ email: `${crypto.randomUUID()}@example.com` });
      for (let n = 0; n < messages; n++) await school.addMessage(contact);
      await worker.settle();
      const claims = [];
      for (let n = 0; n < 3; n++) claims.push(...(await Promise.all([school.claim(2), school.claim(2)])));
      expect(claims.flat()).toHaveLength(Math.min(2, messages));
    }),
    { numRuns: 100 },
  );
}, 120_000);
