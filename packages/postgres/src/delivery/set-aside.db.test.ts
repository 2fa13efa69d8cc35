import type { MessageId } from '@halyard/core/ids';
import { StoreUnavailable } from '@halyard/core/store-unavailable';
import { expect, onTestFinished } from 'vitest';
import type { TestWorker } from '../testing/delivery.js';
import { plainRenderer } from '../testing/delivery.js';
import type { SendingSchool } from '../testing/sending-school.js';
import { sendingTest as test } from '../testing/sending-school.js';

async function addMessages(school: SendingSchool, n: number): Promise<MessageId[]> {
  await school.addConnection();
  const ids: MessageId[] = [];
  for (let i = 0; i < n; i++)
    ids.push(await school.addMessage(await school.addContact({ email: `ada${i}@example.com` })));
  return ids;
}

/** The database refuses the attempt of one message, as it would a value that no column can hold. */
async function refuse(school: SendingSchool, id: MessageId, sqlstate = '22P05'): Promise<void> {
  await school.query(`
    create or replace function refuse() returns trigger language plpgsql as $$
    begin
      if new.message_id = '${id}' then raise exception 'no such character' using errcode = '${sqlstate}'; end if;
      return new;
    end $$`);
  await school.query(
    'create trigger refusing before insert on attempts for each row execute function refuse()',
  );
  onTestFinished(() => takeAgain(school));
}

const takeAgain = async (school: SendingSchool): Promise<void> => {
  await school.query('drop trigger if exists refusing on attempts');
};

const statuses = (school: SendingSchool, ids: readonly MessageId[]) =>
  Promise.all(ids.map(async (id) => (await school.row(id)).status));

/** Five tries with their pauses, and one more that must not be made. */
async function liveThroughTries(school: SendingSchool, worker: TestWorker): Promise<void> {
  for (let n = 0; n < 6; n++) {
    await worker.settle();
    school.clock.advance(121_000);
  }
}

test('a message that the database refuses is set aside after five tries, its neighbours go out at once', async ({
  school,
}) => {
  const ids = await addMessages(school, 7);
  const [, , poison = ids[0]] = ids;
  if (!poison) throw new Error('There is no message.');
  await refuse(school, poison);
  const worker = school.worker();
  await worker.settle();
  expect(school.provider.sentTo).toHaveLength(6);
  expect(await school.row(poison)).toMatchObject({
    status: 'scheduled',
    reason: 'not_decided',
    last_error: { detail: 'no such character', tries: 1 },
  });
  await liveThroughTries(school, worker);
  expect(await school.row(poison)).toMatchObject({ status: 'dead', reason: 'not_decided', tries: 0 });
  expect(await school.reviewsOf(poison)).toEqual([{ kind: 'dead_message', reason: 'no such character' }]);
  expect(
    await statuses(
      school,
      ids.filter((id) => id !== poison),
    ),
  ).toEqual(Array(6).fill('sent'));
  expect(school.provider.sentTo).toHaveLength(6);
});

test('so is one whose decision throws', async ({ school }) => {
  const ids = await addMessages(school, 3);
  const [poison] = ids;
  if (!poison) throw new Error('There is no message.');
  const renderer = {
    render: (input: Parameters<typeof plainRenderer.render>[0]) => {
      if (input.messageId === poison) throw new Error('a bug of a filter');
      return plainRenderer.render(input);
    },
  };
  const worker = school.worker({ renderer });
  await worker.settle();
  expect(school.provider.sentTo).toHaveLength(2);
  await liveThroughTries(school, worker);
  expect(await school.row(poison)).toMatchObject({ status: 'dead', reason: 'not_decided' });
  expect(await school.reviewsOf(poison)).toEqual([{ kind: 'dead_message', reason: 'a bug of a filter' }]);
});

test.for([
  ['a full disk', '53100'],
  ['a column that is missing', '42703'],
])(
  '%s is no fault of any message: the round fails, and nothing is counted',
  async ([, sqlstate], { school }) => {
    const [first] = await addMessages(school, 2);
    if (!first) throw new Error('There is no message.');
    await refuse(school, first, sqlstate);
    const worker = school.worker();
    for (let n = 0; n < 6; n++) await expect(worker.deliver.round(1, 100)).rejects.toThrow(StoreUnavailable);
    expect(await school.row(first)).toMatchObject({
      status: 'scheduled',
      reason: null,
      last_error: null,
    });
    await takeAgain(school);
    await worker.settle();
    expect(school.provider.sentTo).toHaveLength(2);
  },
);

test('whatever a provider answers can be recorded', async ({ school }) => {
  const [first, second] = await addMessages(school, 2);
  if (!first || !second) throw new Error('There is no message.');
  const cutInHalf = `${'x'.repeat(1_999)}😀`;
  school.provider.answer = ({ messageId }) =>
    messageId === first
      ? { kind: 'accepted', providerMessageId: `\0\ud800${'id'.repeat(5_000)}` }
      : { kind: 'unknown', code: 'ga\0rbage', detail: cutInHalf };
  const worker = school.worker();
  await worker.settle();
  expect(await statuses(school, [first, second])).toEqual(['sent', 'unknown']);
  expect(worker.failures).toEqual([]);
});

test('a message that cannot be made is shown to a person, and its neighbours go out', async ({ school }) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const poison = await school.addMessage(contact, { more: { content: { body: 'poison' } } });
  const healthy = await school.addMessage(contact);
  const renderer = {
    render: ({ content }: { content: { body: string } | null }) => {
      if (content?.body === 'poison') return { kind: 'failed' as const, reason: 'cannot be rendered' };
      const payload = { channel: 'sms' as const, from: 'x', to: 'ada', text: 'hi' };
      return { kind: 'rendered' as const, payload, links: [], variant: { locale: 'en' } };
    },
  };
  const worker = school.worker({ renderer });
  await worker.settle();
  expect(await school.row(poison)).toMatchObject({ status: 'scheduled', reason: 'not_rendered' });
  school.clock.advance(10_000);
  await worker.settle();
  expect(await school.row(poison)).toMatchObject({ status: 'dead' });
  expect(await school.reviewsOf(poison)).toMatchObject([{ kind: 'dead_message' }]);
  expect(await school.row(healthy)).toMatchObject({ status: 'sent' });
});
