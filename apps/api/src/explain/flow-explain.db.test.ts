import { publish } from '@halyard/postgres/testing/deciding';
import { expect } from 'vitest';
import { level, explainTest as test } from '../testing/explained-flows.js';

/** Why contacts did not enter a flow, and how that is told. */

test('kept out by the filter: which comparison, the fact of then, and the smallest change', async ({
  flows,
}) => {
  const flow = await flows.live({}, level(3));
  const ann = await flows.person({ level: 2 });
  const event = await flows.begin(ann);
  const told = await flows.why(flow, ann, `&event=${event}`);
  expect(told).toMatchObject({
    verdict: 'not_entered',
    reason: 'condition',
    event: { id: event },
    run: null,
    condition: {
      path: 'trigger.filter',
      holds: false,
      because: [{ field: 'contact.attributes.level', op: 'gte', value: 3, fact: 2, as_of: told.at }],
    },
    smallest_change: {
      changes: [{ kind: 'fact', field: 'contact.attributes.level', from: 2, to: 3 }],
      outcome: 'enters',
    },
  });
  // The flow takes whoever has what the change says.
  const bob = await flows.person({ level: 3 });
  await flows.begin(bob);
  expect(await flows.why(flow, bob)).toMatchObject({ verdict: 'waiting' });
});

test('kept out by re-entry: the run that holds its place, and what would get past it', async ({ flows }) => {
  const flow = await flows.live({ reentry: 'once_per_subject' });
  const ann = await flows.person();
  const course = { subject: { type: 'course', id: 'c1' } };
  await flows.begin(ann, {}, course);
  const run = (await flows.why(flow, ann)).run.id;
  await flows.api('POST', `/flows/${flow}/stop`, { contact_ids: [ann], reason: 'enough' });
  await flows.decided();
  expect(await flows.why(flow, ann)).toMatchObject({ verdict: 'left', reason: 'stopped', run: { id: run } });
  const second = await flows.begin(ann, {}, course);
  expect(await flows.why(flow, ann)).toMatchObject({
    verdict: 'not_entered',
    reason: 'reentry',
    event: { id: second },
    run: { id: run },
    smallest_change: { changes: [{ kind: 'other_subject' }], outcome: 'enters' },
  });
  await flows.begin(ann, {}, { subject: { type: 'course', id: 'c2' } });
  expect(await flows.why(flow, ann)).toMatchObject({ verdict: 'waiting' });
});

test('nothing happened, the flow was paused, or was published too late', async ({ flows }) => {
  const bob = await flows.person();
  await flows.happen(bob, flows.begins);
  const flow = await flows.live();
  expect(await flows.why(flow, bob)).toMatchObject({ reason: 'published_later' });
  const ann = await flows.person();
  expect(await flows.why(flow, ann)).toMatchObject({
    verdict: 'not_entered',
    reason: 'no_occasion',
    event: null,
  });
  await flows.api('POST', `/flows/${flow}/pause`);
  await flows.begin(ann);
  expect(await flows.why(flow, ann)).toMatchObject({
    reason: 'flow_not_live',
    smallest_change: { changes: [{ kind: 'make_live' }], outcome: 'enters' },
  });
});

test('a schedule’s audience is told for whom it leaves out', async ({ flows }) => {
  const flow = await flows.live({ trigger: { type: 'schedule', cron: '0 9 1 1 *', audience: level(3) } });
  const ann = await flows.person({ level: 2 });
  expect(await flows.why(flow, ann)).toMatchObject({
    reason: 'condition',
    condition: { path: 'trigger.audience' },
    smallest_change: { changes: [{ to: 3 }], outcome: 'enters' },
  });
});

test('an event that waits for its decision, or could not be decided, is told as such', async ({ flows }) => {
  const flow = await flows.live({}, level(3));
  const ann = await flows.person();
  const event = await flows.begin(ann);
  const { owner } = flows.server.db;
  await owner.query(
    `insert into pending_events (org_id, event_id, contact_id, not_before) values ($1, $2, $3, 'infinity')`,
    [flows.server.organization, event, ann],
  );
  expect(await flows.why(flow, ann)).toMatchObject({
    verdict: 'undecided',
    reason: 'pending',
    condition: null,
  });
  await owner.query('delete from pending_events where event_id = $1', [event]);
  await owner.query(
    `insert into review_items (org_id, id, kind, subject_type, subject_id, reason)
     values ($1, gen_random_uuid(), 'failed_event', 'event', $2, 'test')`,
    [flows.server.organization, event],
  );
  expect(await flows.why(flow, ann)).toMatchObject({ verdict: 'undecided', reason: 'gave_up' });
});

test('told in the language that is asked for, by name or by header', async ({ flows }) => {
  const flow = await flows.live();
  const ann = await flows.person();
  expect((await flows.why(flow, ann)).sentences[0]).toMatch(/^Nothing has happened/);
  expect((await flows.why(flow, ann, '&locale=de')).sentences[0]).toMatch(/^Bei diesem Kontakt/);
  const asked = await flows.api('GET', `/flows/${flow}/explain?contact=${ann}`, undefined, {
    'accept-language': 'fr, de-CH;q=0.9, en;q=0.8',
  });
  expect(asked.body.locale).toBe('de');
});

test('whoever is not there, and events of others, are told as such', async ({ flows }) => {
  const flow = await flows.live();
  const [ann, bob] = [await flows.person(), await flows.person()];
  const event = await flows.begin(bob);
  for (const query of ['contact=nobody@example.com', `contact=${ann}&event=${event}`]) {
    const answer = await flows.api('GET', `/flows/${flow}/explain?${query}`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  }
  const stranger = await flows.server.apiKey(undefined, await flows.server.db.organization('Another school'));
  expect((await stranger('GET', `/flows/${flow}/explain?contact=${ann}`)).status).toBe(404);
  const own = await publish(flows.server.db, await flows.server.db.organization('A third'), 'own', {
    name: 'Own',
    trigger: { type: 'event', event: 'user.login' },
    steps: [{ id: 'bye', type: 'exit' }],
  });
  expect((await flows.api('GET', `/flows/${own.flowId}/explain?contact=${ann}`)).status).toBe(404);
});
