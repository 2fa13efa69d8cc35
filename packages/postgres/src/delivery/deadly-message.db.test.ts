import { maxTries } from '@halyard/core/decide/retry';
import { expect } from 'vitest';
import { plainRenderer } from '../testing/delivery.js';
import { minutes, sendingTest as test } from '../testing/sending-school.js';
import { PgDeliveryStore } from './delivery-store.js';

test('a message whose rendering ends the process is set aside with a review item; its neighbours go out', async ({
  school,
}) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const deadly = await school.addMessage(contact);
  const neighbours = [await school.addMessage(contact), await school.addMessage(contact)];
  const now = school.clock.now.bind(school.clock);
  const places = { count: 10, roomOf: () => 10, keep: () => {} };
  /** A process of its own, from its first round to its death. */
  const die = async (only?: { orgId: typeof school.id; id: typeof deadly }[]) => {
    const request = { lane: 1, now: now(), owner: 'dying', leaseUntil: minutes(1), places } as const;
    const store = new PgDeliveryStore(school.db.worker);
    const death = store.release(only ? { ...request, only } : request, () => {
      throw new Error('killed');
    });
    await expect(death).rejects.toThrow('could not be released');
  };
  await die();
  for (let deaths = 1; deaths < maxTries; deaths++) {
    await new PgDeliveryStore(school.db.worker).expired(now(), 10); // counts the death
    school.clock.advance(60_000);
    await die([{ orgId: school.id, id: deadly }]);
  }
  const rendered: string[] = [];
  const renderer = {
    ...plainRenderer,
    render: (input: Parameters<typeof plainRenderer.render>[0]) => {
      rendered.push(input.messageId);
      return plainRenderer.render(input);
    },
  };
  const worker = school.worker({ renderer });
  await worker.settle();
  school.clock.advance(120_000);
  await worker.settle();
  expect(rendered.toSorted()).toEqual(neighbours.toSorted());
  expect(await school.row(deadly)).toMatchObject({ status: 'dead', reason: 'not_decided' });
  expect(await school.reviewsOf(deadly)).toEqual([
    { kind: 'dead_message', reason: expect.stringContaining('process ended') },
  ]);
});
