import { expect } from 'vitest';
import { level, rest, explainTest as test } from '../testing/explained-flows.js';

/** Why contacts wait in a flow, or left it. */

test('entered, and waits for a time, or for an event that came otherwise than awaited', async ({ flows }) => {
  const timed = await flows.live();
  const ann = await flows.person();
  await flows.begin(ann);
  const waits = await flows.why(timed, ann);
  expect(waits).toMatchObject({ verdict: 'waiting', reason: 'time', step: 'rest', condition: null });
  expect(Date.parse(waits.until)).toBeGreaterThan(Date.now() + 29 * 86_400_000);

  const awaiting = await flows.live({
    steps: [
      {
        id: 'pay',
        type: 'wait',
        wait: {
          for: 'event',
          event: 'order.paid',
          timeout: 'P30D',
          filter: { field: 'event.payload.amount', op: 'gte', value: 100 },
        },
      },
    ],
  });
  await flows.begin(ann);
  expect(await flows.why(awaiting, ann)).toMatchObject({
    reason: 'event',
    waiting_for: 'order.paid',
    condition: null,
  });
  const paid = await flows.happen(ann, 'order.paid', { amount: 80 });
  expect(await flows.why(awaiting, ann)).toMatchObject({
    verdict: 'waiting',
    reason: 'event',
    event: { id: paid },
    condition: { path: 'steps.0.wait.filter', because: [{ fact: 80 }] },
    smallest_change: { changes: [{ field: 'event.payload.amount', to: 100 }], outcome: 'goes_on' },
  });
  await flows.happen(ann, 'order.paid', { amount: 100 });
  expect(await flows.why(awaiting, ann)).toMatchObject({ verdict: 'left', reason: 'finished' });
});

test('left by its goal: which event, what it met, and what would have kept it', async ({ flows }) => {
  const flow = await flows.live({
    goal: {
      name: 'bought',
      event: 'order.paid',
      condition: { field: 'event.payload.amount', op: 'gt', value: 50 },
    },
  });
  const ann = await flows.person();
  await flows.begin(ann);
  await flows.happen(ann, 'order.paid', { amount: 50 });
  expect(await flows.why(flow, ann)).toMatchObject({ verdict: 'waiting' });
  const paid = await flows.happen(ann, 'order.paid', { amount: 80 });
  expect(await flows.why(flow, ann)).toMatchObject({
    verdict: 'left',
    reason: 'goal',
    event: { id: paid },
    condition: { path: 'goal.condition', holds: true, because: [{ fact: 80, holds: true }] },
    smallest_change: { changes: [{ field: 'event.payload.amount', to: 50 }], outcome: 'stays' },
    path: expect.arrayContaining([expect.objectContaining({ rule: 'run_end', verdict: 'completed' })]),
  });
});

test('left at a branch: the facts of then, which a later change does not touch', async ({ flows }) => {
  const flow = await flows.live({
    steps: [
      { id: 'who', type: 'branch', branches: [{ when: level(3), next: 'rest' }], next: 'bye' },
      rest,
      { id: 'bye', type: 'exit', reason: 'too low' },
    ],
  });
  const ann = await flows.person({ level: 1 });
  await flows.begin(ann);
  expect(await flows.why(flow, ann)).toMatchObject({
    verdict: 'left',
    reason: 'exit_step',
    condition: { path: 'steps.0.branches.0.when', because: [{ fact: 1, holds: false }] },
    smallest_change: { changes: [{ field: 'contact.attributes.level', to: 3 }], outcome: 'other_way' },
  });
});

test('left with its booking, and a booking that stood would have kept it', async ({ flows }) => {
  const flow = await flows.live({ trigger: { type: 'event', event: 'booking.created' }, reentry: 'always' });
  const { id } = await flows.book('cancels@example.com');
  expect(await flows.why(flow, 'cancels@example.com')).toMatchObject({ verdict: 'waiting' });
  await flows.api('POST', `/bookings/${id}/cancel`, {});
  await flows.decided();
  expect(await flows.why(flow, 'cancels@example.com')).toMatchObject({
    verdict: 'left',
    reason: 'subject_cancelled',
    condition: { because: [{ field: 'subject.status', fact: 'cancelled' }] },
    smallest_change: { outcome: 'stays' },
  });
});
