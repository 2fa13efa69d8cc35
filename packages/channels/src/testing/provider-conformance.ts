import type { OpenConnection, Provider, SendRequest } from '@halyard/core/delivery/provider';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

/** How the vendor's side behaves; each is a real server on this machine. */
export type VendorMode =
  | 'accepts'
  | 'rejects'
  | 'throttles'
  | 'refuses_the_connection'
  | 'drops_the_answer'
  | 'hangs'
  | 'dribbles'
  | 'talks_nonsense';

export interface FakeVendor {
  connection: OpenConnection;
  /** Resolves when the vendor has the whole message (in the modes in which it gets it). */
  received: Promise<void>;
  /** How many messages it was given. */
  count(): number;
  close(): Promise<void>;
}

export interface Harness {
  name: string;
  open(): Provider;
  request(): SendRequest;
  start(mode: VendorMode): Promise<FakeVendor>;
  /** What is in `throttles`' answer. */
  retryAfterMs: number;
  /** The rejection and the throttling repeat this secret of the connection; outcomes must not. */
  secret: string | null;
  /** Modes that this provider cannot meet, with the reason. */
  cannot: Partial<Record<VendorMode, string>>;
  /** Why the vendor gives messages no ids, where it gives none. */
  givesNoIds?: string;
}

/** One suite for every provider: the contract of core/delivery/provider.ts as a caller notices it. */
export function providerConformance(harness: Harness): void {
  describe(`${harness.name} keeps the contract of providers`, () => {
    let provider: Provider;
    const vendors: FakeVendor[] = [];
    beforeAll(() => {
      provider = harness.open();
    });
    afterEach(async () => {
      await Promise.all(vendors.splice(0).map((vendor) => vendor.close()));
    });
    afterAll(() => provider.close?.());

    const start = async (mode: VendorMode): Promise<FakeVendor> => {
      const vendor = await harness.start(mode);
      vendors.push(vendor);
      return vendor;
    };
    const patient = () => AbortSignal.timeout(10_000);
    const inMode = (mode: VendorMode, title: string, run: () => Promise<void>) => {
      const reason = harness.cannot[mode];
      if (reason) test.skip(`${title} (cannot happen: ${reason})`, run);
      else test(title, run);
    };

    inMode(
      'accepts',
      'a message that the vendor takes is accepted, once, with the vendor’s id if any',
      async () => {
        const vendor = await start('accepts');
        const outcome = await provider.send(vendor.connection, harness.request(), patient());
        const id = harness.givesNoIds ? {} : { providerMessageId: expect.stringMatching(/./) };
        expect(outcome).toEqual({ kind: 'accepted', ...id });
        expect(vendor.count()).toBe(1);
      },
    );

    inMode('rejects', 'a refusal for good is rejected, with a code, and shows no secret', async () => {
      const vendor = await start('rejects');
      const outcome = await provider.send(vendor.connection, harness.request(), patient());
      expect(outcome).toMatchObject({
        kind: 'rejected',
        code: expect.stringMatching(/./),
        detail: expect.stringMatching(/./),
      });
      if (harness.secret) expect(JSON.stringify(outcome)).not.toContain(harness.secret);
    });

    inMode('throttles', 'a refusal for now is throttled for as long as the vendor says', async () => {
      const vendor = await start('throttles');
      const outcome = await provider.send(vendor.connection, harness.request(), patient());
      expect(outcome).toMatchObject({ kind: 'throttled', retryAfterMs: harness.retryAfterMs });
      if (harness.secret) expect(JSON.stringify(outcome)).not.toContain(harness.secret);
    });

    inMode('refuses_the_connection', 'without a connection nothing was sent', async () => {
      const vendor = await start('refuses_the_connection');
      const outcome = await provider.send(vendor.connection, harness.request(), patient());
      expect(outcome).toMatchObject({ kind: 'failed_before_send' });
    });

    inMode('drops_the_answer', 'a lost answer leaves the outcome unknown', async () => {
      const vendor = await start('drops_the_answer');
      const outcome = await provider.send(vendor.connection, harness.request(), patient());
      expect(outcome).toMatchObject({ kind: 'unknown', code: expect.stringMatching(/./) });
      expect(vendor.count()).toBe(1);
    });

    inMode(
      'hangs',
      'an answer that never comes leaves the outcome unknown when the caller stops waiting',
      async () => {
        const vendor = await start('hangs');
        const waiting = new AbortController();
        const sent = provider.send(vendor.connection, harness.request(), waiting.signal);
        await vendor.received;
        waiting.abort();
        expect(await sent).toMatchObject({ kind: 'unknown' });
      },
    );

    inMode(
      'dribbles',
      'an answer that never ends leaves the outcome unknown when the caller stops waiting',
      async () => {
        const vendor = await start('dribbles');
        const outcome = await provider.send(vendor.connection, harness.request(), AbortSignal.timeout(500));
        expect(outcome).toMatchObject({ kind: 'unknown' });
      },
    );

    inMode('talks_nonsense', 'an answer that cannot be read leaves the outcome unknown', async () => {
      const vendor = await start('talks_nonsense');
      const outcome = await provider.send(vendor.connection, harness.request(), patient());
      expect(outcome).toMatchObject({ kind: 'unknown' });
    });

    test('a call that was stopped before it began sends nothing', async () => {
      const vendor = await start('accepts');
      const outcome = await provider.send(vendor.connection, harness.request(), AbortSignal.abort());
      expect(outcome).toMatchObject({ kind: 'failed_before_send' });
      expect(vendor.count()).toBe(0);
    });

    test('good credentials pass the test', async () => {
      const vendor = await start('accepts');
      expect(await provider.test(vendor.connection, patient())).toEqual({ ok: true });
      expect(vendor.count()).toBe(0);
    });

    inMode(
      'refuses_the_connection',
      'a server that cannot be reached fails the test with a reason',
      async () => {
        const vendor = await start('refuses_the_connection');
        const verdict = await provider.test(vendor.connection, patient());
        expect(verdict).toEqual({ ok: false, reason: expect.stringMatching(/./) });
        if (harness.secret) expect(JSON.stringify(verdict)).not.toContain(harness.secret);
      },
    );
  });
}
