import { expect } from 'vitest';
import { RecordingProvider } from '../testing/delivery.js';
import { sendingTest as test } from '../testing/sending-school.js';
import { PgWakeups } from '../wakeups.js';

test('what overlapping rounds had committed when their worker died is taken over once', async ({
  school,
}) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  for (let n = 0; n < 30; n++) await school.addMessage(contact);
  const lost = new RecordingProvider();
  lost.answer = () => Promise.withResolvers<{ kind: 'accepted' }>().promise;
  const dying = school.worker({ provider: lost, owner: 'dying' });
  await Promise.all([1, 2].map(() => dying.deliver.round(1, 10)));
  const heirs = [1, 2].map(() => school.worker());
  for (const { settle } of heirs) await settle();
  school.clock.advance(46_000);
  await Promise.all(heirs.map(({ recover }) => recover.round(100)));
  for (const { settle } of heirs) await settle();
  const { rows } = await school.query(
    `select status, count(*)::int as n from messages group by status order by status`,
  );
  expect(rows).toEqual([
    { status: 'sent', n: school.provider.requests.length },
    { status: 'unknown', n: lost.requests.length },
  ]);
  const touched = [...lost.requests, ...school.provider.requests].map(({ messageId }) => messageId);
  expect(touched).toHaveLength(30);
  expect(new Set(touched).size).toBe(30);
});

test('what a dead worker had under way is taken over long before its lease ends, of a living one not', async ({
  school,
}) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  school.provider.answer = () => new Promise(() => {});
  const alive = await PgWakeups.open(school.db.url, 'alive');
  const messages: Record<string, Awaited<ReturnType<typeof school.addMessage>>> = {};
  for (const owner of ['alive', 'dead']) {
    messages[owner] = await school.addMessage(contact);
    await school.worker({ owner }).deliver.round(1, 1);
  }
  const statuses = async () =>
    Promise.all(Object.values(messages).map(async (id) => (await school.row(id)).status));
  const heir = school.worker({ provider: new RecordingProvider() });
  await heir.recover.round(100);
  expect(await statuses()).toEqual(['sending', 'sending']); // it may have lost its connection for a moment
  school.clock.advance(5_000);
  await heir.recover.round(100);
  expect(await statuses()).toEqual(['sending', 'unknown']);
  await alive.close();
  for (let looks = 0; looks < 2; looks++) {
    school.clock.advance(5_000);
    await heir.recover.round(100);
  }
  expect(await statuses()).toEqual(['unknown', 'unknown']);
});

test('a worker that dies between intent and answer never makes the message go out twice', async ({
  school,
}) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  school.provider.answer = () => new Promise(() => {}); // the call that nobody waits for any more
  await school.worker({ owner: 'killed' }).deliver.round(1, 100);
  expect(await school.row(id)).toMatchObject({ status: 'sending', lease_owner: 'killed' });
  const heir = new RecordingProvider();
  const worker = school.worker({ provider: heir });
  school.clock.advance(60_000);
  await worker.recover.round(100);
  await worker.settle();
  expect(heir.requests).toEqual([]);
  expect(await school.row(id)).toMatchObject({ status: 'unknown', lease_owner: null });
});

test('where the provider knows our key, the heir repeats the dead worker’s call as it was', async ({
  school,
}) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  school.provider.answer = () => new Promise(() => {});
  await school.worker({ owner: 'killed' }).deliver.round(1, 100);
  const heir = new RecordingProvider();
  heir.onUnknown = { kind: 'retry_same_key', keyWindowMs: 86_400_000 };
  const worker = school.worker({ provider: heir });
  school.clock.advance(60_000);
  await worker.recover.round(100);
  school.clock.advance(60_000);
  await worker.settle();
  expect(heir.requests.map((request) => request.idempotencyKey)).toEqual(
    school.provider.requests.map((request) => request.idempotencyKey),
  );
  expect(await school.row(id)).toMatchObject({ status: 'sent' });
});

test('a late answer of a worker that was taken for dead still counts', async ({ school }) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const id = await school.addMessage(contact);
  const call = Promise.withResolvers<{ kind: 'accepted'; providerMessageId: string }>();
  school.provider.answer = () => call.promise;
  const slow = school.worker();
  await slow.deliver.round(1, 100);
  school.clock.advance(60_000);
  await school.worker({ provider: new RecordingProvider() }).recover.round(100);
  expect(await school.row(id)).toMatchObject({ status: 'unknown' });
  call.resolve({ kind: 'accepted', providerMessageId: 'late' });
  await slow.deliver.drain();
  expect(await school.row(id)).toMatchObject({ status: 'sent', provider_message_id: 'late' });
});
