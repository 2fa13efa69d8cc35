import type { ContactId, MessageId } from '@halyard/core/ids';
import { expect } from 'vitest';
import { PgErasureStore } from '../erasure.js';
import type { HandingSchool } from '../testing/handing-school.js';
import { handingTest as test } from '../testing/handing-school.js';
import { tablesHolding } from '../testing/tables-holding.js';

/** A message that n8n has when its person is erased. */
async function eraseWhileHandedOver(school: HandingSchool) {
  await school.addN8n('push');
  const contact = (await school.addContact({ email: 'ada@example.com' })) as ContactId;
  const id: MessageId = await school.addMessage(contact);
  await school.worker({ owner: 'gone' }).settle();
  const [attempt] = await school.attemptsOf(id);
  const change = { actor: { type: 'automation' as const, id: 'test' }, at: school.clock.now() };
  const erase = () =>
    new PgErasureStore(school.db.app).erase(school.id, contact, { suppress: false }, change);
  return { id, attempt: attempt?.id ?? '', erase };
}

const detail = '550 no such user <ada@example.com>';
const left = (school: HandingSchool) => tablesHolding(school.db.owner, school.id, 'ada@example.com');

test.for([
  { outcome: 'failed', detail },
  { outcome: 'failed', detail, invalid_address: true },
  { outcome: 'bounced', detail },
  { outcome: 'not_sent', detail },
  { outcome: 'delivered', detail },
] as const)(
  'a report that comes after the erasure brings nothing back: $outcome',
  async (reported, { school }) => {
    const { attempt, erase } = await eraseWhileHandedOver(school);
    await erase();
    await school.report(attempt, reported);
    expect(await left(school)).toEqual([]);
  },
);

test('nor does a second one, of a message that was sent before', async ({ school }) => {
  const { id, attempt, erase } = await eraseWhileHandedOver(school);
  await school.report(attempt, { outcome: 'sent' });
  await erase();
  await school.report(attempt, { outcome: 'bounced', detail });
  expect(await school.row(id)).toMatchObject({ status: 'bounced' });
  expect(await left(school)).toEqual([]);
});
