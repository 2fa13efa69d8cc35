import { SandboxSettings } from '@halyard/contracts/connections/provider-settings';
import { systemClock } from '@halyard/core/clock';
import type { Payload } from '@halyard/core/delivery/provider';
import type { SandboxArrival, SandboxInboxWriter } from '@halyard/core/sandbox/sandbox-inbox';
import { describe, expect, test } from 'vitest';
import type { FakeVendor, VendorMode } from '../testing/provider-conformance.js';
import { providerConformance } from '../testing/provider-conformance.js';
import { email, openConnection, sendRequest, sms } from '../testing/sample-requests.js';
import { behaviourOf } from './behaviour.js';
import { SandboxProvider } from './sandbox.js';

/** The inbox of postgres/src/sandbox-inbox.ts, in memory. */
class MemoryInbox implements SandboxInboxWriter {
  readonly entries = new Map<string, SandboxArrival & { tries: number; arrived: boolean }>();
  constructor(private readonly recorded: () => void = () => {}) {}

  async record(_orgId: string, arrival: SandboxArrival) {
    const before = this.entries.get(arrival.idempotencyKey);
    const tries = (before?.tries ?? 0) + 1;
    const arrived = tries >= arrival.arrivesAtTry;
    this.entries.set(arrival.idempotencyKey, { ...arrival, arrived, tries });
    this.recorded();
    return { arrived, alreadyArrived: before?.arrived ?? false };
  }
}

const behaviours = {
  accepts: 'deliver',
  rejects: 'fail',
  throttles: 'throttle',
  drops_the_answer: 'drop',
  hangs: 'delay',
};
const noServer = 'the sandbox has no server';
let inbox = new MemoryInbox();

providerConformance({
  name: 'the sandbox',
  open: () => new SandboxProvider({ record: (orgId, arrival) => inbox.record(orgId, arrival) }, systemClock),
  request: () => sendRequest(email),
  async start(mode: VendorMode): Promise<FakeVendor> {
    let receive = () => {};
    const received = new Promise<void>((resolve) => {
      receive = resolve;
    });
    inbox = new MemoryInbox(receive);
    const settings = SandboxSettings.parse({
      behaviour: behaviours[mode as keyof typeof behaviours],
      delay_ms: 60_000,
      throttle_ms: 7_000,
    });
    return {
      connection: openConnection('sandbox', ['email', 'sms'], settings),
      received,
      count: () => inbox.entries.size,
      close: async () => {},
    };
  },
  retryAfterMs: 7_000,
  secret: null,
  cannot: { refuses_the_connection: noServer, dribbles: noServer, talks_nonsense: noServer },
});

const to = (address: string): Payload => ({ ...email, to: { address } }) as Payload;
const connection = openConnection('sandbox', ['email', 'sms'], SandboxSettings.parse({ delay_ms: 0 }));
const sendTwice = async (payload: Payload) => {
  const kept = new MemoryInbox();
  const provider = new SandboxProvider(kept, systemClock);
  const request = sendRequest(payload);
  const outcomes = [];
  for (let n = 0; n < 2; n++)
    outcomes.push(await provider.send(connection, request, AbortSignal.timeout(5_000)));
  const entry = kept.entries.get(request.idempotencyKey);
  return {
    kinds: outcomes.map(({ kind }) => kind),
    arrived: entry?.arrived ?? false,
    reports: entry?.reports.map(({ type }) => type),
  };
};

describe('magic recipients', () => {
  test.each([
    ['deliver', ['accepted', 'accepted'], ['delivered']],
    ['bounce', ['accepted', 'accepted'], ['bounced']],
    ['soft_bounce', ['accepted', 'accepted'], ['soft_bounced']],
    ['complain', ['accepted', 'accepted'], ['delivered', 'complained']],
    ['throttle', ['throttled', 'accepted'], ['delivered']],
    ['delay', ['accepted', 'accepted'], ['delivered']],
    ['drop', ['unknown', 'accepted'], ['delivered']],
  ])('%s', async (name, kinds, reports) => {
    expect(await sendTwice(to(`${name}@sandbox.halyard.test`))).toEqual({ kinds, arrived: true, reports });
  });

  test.each(['fail', 'invalid'])('%s never arrives', async (name) => {
    const { kinds, arrived } = await sendTwice(to(`${name}+anna@sandbox.halyard.test`));
    expect({ kinds, arrived }).toEqual({ kinds: ['rejected', 'rejected'], arrived: false });
  });

  test('phones have theirs', async () => {
    expect(await sendTwice({ ...sms, to: '+15005550101' } as Payload)).toMatchObject({
      reports: ['bounced'],
    });
  });

  test('everyone else gets what the connection says', () => {
    for (const recipient of [
      'anna@example.com',
      'bounce@example.com',
      '+4915005550101',
      'nonsense@sandbox.halyard.test',
    ])
      expect(behaviourOf(recipient, 'complain')).toBe('complain');
  });
});
