import { expect, test } from 'vitest';
import type { EventId, OrgId } from '../ids.js';
import { randomIds } from '../ids.js';
import { MemoryDecideStore } from './memory-decide-store.js';
import type { SimulationState } from './state.js';

const now = new Date('2026-05-01T08:00:00Z');

test('what was taken out of the queue by a round that fails can still be decided alone', async () => {
  const orgId = randomIds<OrgId>();
  const event = {
    id: randomIds<EventId>(),
    type: 'user.login',
    contactId: null,
    subject: null,
    payload: {},
    occurredAt: now,
  };
  const state: Pick<SimulationState, 'flows' | 'pending'> = {
    flows: [],
    pending: [{ orgId, event, tries: 0 }],
  };
  const store = new MemoryDecideStore(state as SimulationState, randomIds, now);
  const failing = store.transaction(async ({ claims }) => {
    await claims.settle(await claims.events(10, now));
    throw new Error('It cannot be decided.');
  });
  await expect(failing).rejects.toThrow('It cannot be decided.');
  expect(await store.event(orgId, event.id)).toMatchObject([{ event: { id: event.id } }]);
});
