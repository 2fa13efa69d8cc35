import { ManualClock } from '@halyard/core/clock';
import type { MessageId, OrgId } from '@halyard/core/ids';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  addConnection,
  addContact,
  addMessage,
  messageRow,
  plainRenderer,
  RecordingProvider,
  testWorker,
} from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
let provider: RecordingProvider;
const noon = new Date('2026-06-01T10:00:00Z');
let clock: ManualClock;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.owner.query('delete from messages');
  await db.owner.query('drop trigger if exists refusing on attempts');
  school = await db.organization();
  await addConnection(db, school);
  provider = new RecordingProvider();
  clock = new ManualClock(noon);
});

async function addMessages(n: number): Promise<MessageId[]> {
  const ids: MessageId[] = [];
  for (let i = 0; i < n; i++) {
    const contact = await addContact(db, school, { email: `ada${i}@example.com` });
    ids.push(await addMessage(db, school, contact, { at: noon }));
  }
  return ids;
}

/** The database refuses the attempt of one message, as it would a value that no column can hold. */
async function refuse(id: MessageId, sqlstate = '22P05'): Promise<void> {
  await db.owner.query(`
    create or replace function refuse() returns trigger language plpgsql as $$
    begin
      if new.message_id = '${id}' then raise exception 'no such character' using errcode = '${sqlstate}'; end if;
      return new;
    end $$`);
  await db.owner.query(
    'create trigger refusing before insert on attempts for each row execute function refuse()',
  );
}

const reviewsOf = async (id: string) =>
  (await db.owner.query('select kind, reason from review_items where subject_id = $1', [id])).rows;

const statuses = async (ids: readonly MessageId[]) =>
  Promise.all(ids.map(async (id) => (await messageRow(db, id)).status));

/** Five tries with their pauses, and one more that must not be made. */
async function liveThroughTries(worker: ReturnType<typeof testWorker>): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await worker.settle();
    clock.advance(121_000);
  }
}

test('a message that the database refuses is set aside after five tries, its neighbours go out at once', async () => {
  const ids = await addMessages(7);
  const [, , poison = ids[0]] = ids;
  if (!poison) throw new Error('There is no message.');
  await refuse(poison);
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  expect(provider.sentTo).toHaveLength(6);
  expect(await messageRow(db, poison)).toMatchObject({
    status: 'scheduled',
    reason: 'not_decided',
    last_error: { detail: 'no such character', tries: 1 },
  });
  await liveThroughTries(worker);
  expect(await messageRow(db, poison)).toMatchObject({ status: 'dead', reason: 'not_decided', tries: 0 });
  expect(await reviewsOf(poison)).toEqual([{ kind: 'dead_message', reason: 'no such character' }]);
  expect(await statuses(ids.filter((id) => id !== poison))).toEqual(Array(6).fill('sent'));
  expect(provider.sentTo).toHaveLength(6);
});

test('so is one whose decision throws', async () => {
  const ids = await addMessages(3);
  const [poison] = ids;
  if (!poison) throw new Error('There is no message.');
  const renderer = {
    render: (input: Parameters<typeof plainRenderer.render>[0]) => {
      if (input.messageId === poison) throw new Error('a bug of a filter');
      return plainRenderer.render(input);
    },
  };
  const worker = testWorker(db, provider, clock, { renderer });
  await worker.settle();
  expect(provider.sentTo).toHaveLength(2);
  await liveThroughTries(worker);
  expect(await messageRow(db, poison)).toMatchObject({ status: 'dead', reason: 'not_decided' });
  expect(await reviewsOf(poison)).toEqual([{ kind: 'dead_message', reason: 'a bug of a filter' }]);
});

test.each([
  ['a full disk', '53100'],
  ['a column that is missing', '42703'],
])('%s is no fault of any message: the round fails, and nothing is counted', async (_, sqlstate) => {
  const [first] = await addMessages(2);
  if (!first) throw new Error('There is no message.');
  await refuse(first, sqlstate);
  const worker = testWorker(db, provider, clock);
  for (let n = 0; n < 6; n++) await expect(worker.deliver.round(1, 100)).rejects.toThrow(StoreUnavailable);
  expect(await messageRow(db, first)).toMatchObject({ status: 'scheduled', reason: null, last_error: null });
  await db.owner.query('drop trigger refusing on attempts');
  await worker.settle();
  expect(provider.sentTo).toHaveLength(2);
});

test('whatever a provider answers can be recorded', async () => {
  const [first, second] = await addMessages(2);
  if (!first || !second) throw new Error('There is no message.');
  const cutInHalf = `${'x'.repeat(1_999)}😀`;
  provider.answer = ({ messageId }) =>
    messageId === first
      ? { kind: 'accepted', providerMessageId: `\0\ud800${'id'.repeat(5_000)}` }
      : { kind: 'unknown', code: 'ga\0rbage', detail: cutInHalf };
  const worker = testWorker(db, provider, clock);
  await worker.settle();
  expect(await statuses([first, second])).toEqual(['sent', 'unknown']);
  expect(worker.failures).toEqual([]);
});
