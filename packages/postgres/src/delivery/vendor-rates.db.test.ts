import { expect } from 'vitest';
import { RecordingProvider } from '../testing/delivery.js';
import { sendingTest as test } from '../testing/sending-school.js';

class RecordingBot extends RecordingProvider {
  override readonly name = 'telegram_bot';
}

test('a group gets what Telegram takes, whichever worker sends, and people do not wait for it', async ({
  school,
}) => {
  await school.addConnection({ provider: 'telegram_bot', channels: ['telegram'] });
  const contact = await school.addContact({ email: 'ada@example.com' });
  const provider = new RecordingBot();
  const workers = [school.worker({ provider }), school.worker({ provider })];
  const to = (telegram: string) =>
    school.addMessage(contact, { channels: ['telegram'], more: { target: { telegram } } });

  const first = await to('-1001');
  await workers[0]?.settle();
  expect(await school.row(first)).toMatchObject({ status: 'sent' });

  const second = await to('-1001');
  await to('4711');
  await workers[1]?.settle();
  expect(provider.sentTo).toEqual(['-1001', '4711']);
  expect(await school.row(second)).toMatchObject({ status: 'scheduled', reason: 'rates' });

  school.clock.advance(3_000);
  await workers[1]?.settle();
  expect(provider.sentTo).toEqual(['-1001', '4711', '-1001']);
});
