import { expect } from 'vitest';
import { days, level, explainTest as test } from '../testing/explained-flows.js';

/** What is said is said of the moment at which it happened, not of today. */

test('a fact that has changed since is told as one that is only known as it is now', async ({ flows }) => {
  const flow = await flows.live({}, level(3));
  const ann = await flows.person({ level: 2 });
  await flows.begin(ann);
  await flows.api('PATCH', `/contacts/${ann}`, { attributes: { level: 1 } });
  expect(await flows.why(flow, ann)).toMatchObject({
    reason: 'condition',
    condition: { because: [{ fact: 1, as_of: 'now' }] },
  });
  await flows.api('PATCH', `/contacts/${ann}`, { attributes: { level: 5 } });
  expect(await flows.why(flow, ann)).toMatchObject({ verdict: 'not_entered', reason: 'unclear' });
});

test('bookings are rolled back to what they were', async ({ flows }) => {
  const flow = await flows.live({
    trigger: {
      type: 'event',
      event: 'booking.created',
      filter: { field: 'subject.starts_at', op: 'within_next', value: 'P7D' },
    },
  });
  const made = await flows.book('late@example.com');
  await flows.api('POST', `/bookings/${made.id}/reschedule`, { starts_at: days(3) });
  await flows.decided();
  const told = await flows.why(flow, 'late@example.com');
  expect(told).toMatchObject({
    reason: 'condition',
    condition: {
      because: [{ field: 'subject.starts_at', as_of: told.at }],
    },
    smallest_change: { changes: [{ field: 'subject.starts_at' }], outcome: 'enters' },
  });
  const then = Date.parse(told.condition.because[0].fact);
  expect(Math.abs(then - Date.parse(made.starts_at))).toBeLessThan(1000);
});

test('an event that came while the flow was paused is told so after the flow is live again', async ({
  flows,
}) => {
  const flow = await flows.published(3);
  const ann = await flows.person();
  const whilePaused = async (n: number) => {
    await flows.api('POST', `/flows/${flow}/pause`);
    const event = await flows.begin(ann, { n });
    await flows.api('POST', `/flows/${flow}/resume`);
    return flows.why(flow, ann, `&event=${event}&locale=en`);
  };
  const told = await whilePaused(3);
  expect(told).toMatchObject({
    reason: 'flow_not_live',
    flow: { status: 'live' },
    flow_then: { status: 'paused', weights: { 1: 100 } },
    smallest_change: { changes: [{ kind: 'make_live' }], outcome: 'enters' },
  });
  expect(told.sentences[0]).toMatch(/took no contacts then: it was paused \(since /);
  expect(await whilePaused(2)).toMatchObject({
    reason: 'flow_not_live',
    condition: { path: 'trigger.filter' },
    smallest_change: { changes: [{ kind: 'make_live' }, { kind: 'fact', to: 3 }], outcome: 'enters' },
  });
});

test('an event is judged by the versions and weights of its moment, whatever they became', async ({
  flows,
}) => {
  const flow = await flows.published(10);
  const ann = await flows.person();
  await flows.api('PATCH', `/flows/${flow}`, { definition: flows.takes(20) });
  await flows.api('POST', `/flows/${flow}/publish`, {});
  await flows.api('POST', `/flows/${flow}/rollback`, { version: 1 });
  const event = await flows.begin(ann, { n: 5 });
  await flows.api('PUT', `/flows/${flow}/weights`, { weights: [{ version: 2, weight: 100 }] });
  expect(await flows.why(flow, ann, `&event=${event}`)).toMatchObject({
    reason: 'condition',
    flow_then: { status: 'live', weights: { 1: 100 } },
    smallest_change: { changes: [{ to: 10 }] },
  });
  const later = await flows.begin(ann, { n: 5 });
  expect(await flows.why(flow, ann, `&event=${later}`)).toMatchObject({
    flow_then: { weights: { 2: 100 } },
    smallest_change: { changes: [{ to: 20 }] },
  });
});

test('a contact that was merged means the one it was merged into, and its facts are no longer sure', async ({
  flows,
}) => {
  const flow = await flows.live({}, level(3));
  const [ann, double] = [await flows.person({ level: 1 }), await flows.person()];
  await flows.begin(ann);
  expect((await flows.api('POST', `/contacts/${ann}/merge`, { other_id: double })).status).toBeLessThan(300);
  await flows.decided();
  expect(await flows.why(flow, double)).toMatchObject({
    contact_id: ann,
    reason: 'condition',
    condition: { because: [{ fact: 1, as_of: 'now' }] },
  });
});
