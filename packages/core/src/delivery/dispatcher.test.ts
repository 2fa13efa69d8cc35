import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import type { Log } from '../log.js';
import { noLog } from '../log.js';
import type { Metrics } from '../metrics.js';
import { StoreUnavailable } from '../store-unavailable.js';
import type { DeliveryStore, RecordedOutcome } from './delivery-store.js';
import { Dispatcher } from './dispatcher.js';
import type { OpenConnection, Provider } from './provider.js';
import type { ReadyToSend } from './sending.js';
import { sendingTo } from './testing/sending.js';

const provider: Provider = {
  name: 'accepting',
  channels: ['sms'],
  onUnknown: { kind: 'ask_person' },
  send: async () => ({ kind: 'accepted', providerMessageId: 'p-1' }),
  test: async () => ({ ok: true }),
};

const messageTo = (address: string): ReadyToSend => ({
  ...sendingTo(address, provider.name),
  payload: { channel: 'sms', from: 'School', to: address, text: 'Ahoy' },
  lane: 1,
  lateByMs: 0,
});

/** Sends to these addresses and says what was counted and logged when all of it is over. */
async function sendTo(addresses: readonly string[], record: DeliveryStore['record']) {
  const sent: number[] = [];
  const logged: unknown[] = [];
  const failures: unknown[] = [];
  const woken: string[] = [];
  let freed = 0;
  const metrics: Metrics = {
    count: (name, _labels, by = 1) => void (name === 'messages_total' && sent.push(by)),
    time: () => {},
  };
  const log: Log = { ...noLog, error: (ids) => void logged.push(ids.message_id) };
  const dispatcher = new Dispatcher({ record }, () => provider, systemClock, {
    metrics,
    log,
    report: { loopFailed: (_name, error) => void failures.push(error) },
    wakeups: { poke: (kind) => void woken.push(kind), listen: () => () => {} },
    freed: () => void freed++,
  });
  const messages = addresses.map(messageTo);
  for (const message of messages) dispatcher.dispatch(message, {} as OpenConnection);
  await dispatcher.drain();
  const { free, limits } = dispatcher.places;
  const total = sent.reduce((sum, n) => sum + n, 0);
  return { messages, logged, failures, woken, freed, sent: total, busy: limits.total - free };
}

test('what ends together is recorded together, and wakes only the loops that have work by it', async () => {
  const sizes: number[] = [];
  const { woken, freed } = await sendTo(['one', 'two', 'three'], async (outcomes) => {
    sizes.push(outcomes.length);
    return new Set(['outbox' as const]);
  });
  expect(sizes).toEqual([3]);
  expect(woken).toEqual(['outbox']);
  expect(freed).toBe(1);
});

test('an outcome that the database refuses is not told as sent, and keeps neither a place nor its neighbours', async () => {
  const refusing = async (outcomes: readonly RecordedOutcome[]) => {
    if (outcomes.some(({ sending }) => sending.address === 'broken')) throw new Error('No such row.');
    return new Set<never>();
  };
  const { messages, logged, sent, busy } = await sendTo(['one', 'broken', 'two'], refusing);
  expect(sent).toBe(2);
  expect(logged).toEqual([messages[1]?.messageId]);
  expect(busy).toBe(0);
});

test('an outcome that the database cannot take now is recorded when it can', async () => {
  let down = true;
  const recorded: string[] = [];
  const flaky = async (outcomes: readonly RecordedOutcome[]) => {
    if (down) {
      down = false;
      throw new StoreUnavailable(new Error('The database is starting up.'));
    }
    recorded.push(...outcomes.map(({ sending }) => sending.address));
    return new Set<never>();
  };
  const { sent, logged, failures } = await sendTo(['one', 'two'], flaky);
  expect(recorded).toEqual(['one', 'two']);
  expect([sent, logged, failures.length]).toEqual([2, [], 1]);
});
