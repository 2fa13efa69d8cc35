import { automation } from '@halyard/core/actor';
import type { ClaimedCall } from '@halyard/core/workflow-calls/call-workflows';
import type { WorkflowCallId } from '@halyard/core/workflow-calls/workflow-call';
import { expect } from 'vitest';
import { PgConnectionStore } from '../connections.js';
import { PgErasureStore } from '../erasure.js';
import type { DecidingSchool } from '../testing/deciding-school.js';
import { decidingTest as test } from '../testing/deciding-school.js';
import { newConnection } from '../testing/new-connection.js';
import { PgWorkflowCallQueue } from './call-queue.js';
import { PgWorkflowCallStore } from './call-store.js';

const minute = 60_000;

const connect = (school: DecidingSchool) =>
  new PgConnectionStore(school.db.app).insert(
    school.id,
    newConnection({ name: 'n8n', provider: 'n8n', channels: [], settings: { base_url: 'http://n8n.test' } }),
    { actor: automation('test'), action: 'connection.created' },
  );

const steps = [
  {
    id: 'score',
    type: 'n8n_workflow' as const,
    connection: 'n8n',
    path: 'webhook/score',
    timeout: 'PT10M',
    on_timeout: 'late',
    on_failure: 'failed',
  },
  { id: 'answered', type: 'exit' as const },
  { id: 'late', type: 'exit' as const },
  { id: 'failed', type: 'exit' as const },
];

/** Contacts whose runs wait for an answer each. */
async function begin(school: DecidingSchool, count = 1): Promise<ClaimedCall['id'][]> {
  await connect(school);
  const trigger = { type: 'event' as const, event: 'user.login' };
  await school.publish('scored', { name: 'Scored', trigger, steps });
  for (let n = 0; n < count; n++) await school.login(`guest-${n}@example.com`);
  await school.loops.drain();
  const { rows } = await school.queryOwn('select id from workflow_calls where org_id = $1 order by id');
  expect(rows).toHaveLength(count);
  return rows.map(({ id }) => id);
}

const ends = async (school: DecidingSchool) =>
  (
    await school.queryOwn(
      `select calls.id, calls.status, calls.late, runs.end_reason from workflow_calls calls
       join runs on runs.org_id = calls.org_id and runs.id = calls.run_id where calls.org_id = $1 order by calls.id`,
    )
  ).rows;

test('a call is leased to one process, and due again when the lease of a dead one is over', async ({
  school,
}) => {
  const [id] = await begin(school);
  const [one, other] = [new PgWorkflowCallQueue(school.db.worker), new PgWorkflowCallQueue(school.db.worker)];
  const now = school.clock.now();
  const [claimed] = await one.claim(10, now);
  expect(claimed).toMatchObject({ id, tries: 1, path: 'webhook/score', target: { name: 'n8n' } });
  expect(await other.claim(10, now)).toEqual([]);
  const later = new Date(now.getTime() + minute);
  expect(await other.claim(10, later)).toMatchObject([{ id, tries: 2 }]);
  // Who was away too long has lost it.
  if (!claimed) throw new Error('Nothing was claimed.');
  expect(await one.record(claimed, { kind: 'handed_over', status: 200 }, later)).toBe(false);
  expect((await ends(school))[0]).toMatchObject({ status: 'pending' });
});

test('an answer that comes before the request has ended is not undone by it', async ({ school }) => {
  const [id] = await begin(school);
  const queue = new PgWorkflowCallQueue(school.db.worker);
  const now = school.clock.now();
  const [claimed] = await queue.claim(1, now);
  if (!claimed) throw new Error('Nothing was claimed.');
  const store = new PgWorkflowCallStore(school.db.app);
  expect(await store.answer(school.id, id as WorkflowCallId, { answer: { vip: true } }, now)).toMatchObject({
    status: 'answered',
    late: false,
  });
  const lost = { kind: 'failed', status: null, error: 'It did not answer in time.' } as const;
  expect(await queue.record(claimed, lost, now)).toBe(false);
  await school.loops.drain();
  expect(await ends(school)).toMatchObject([{ status: 'answered', end_reason: 'step: answered' }]);
});

test('what cannot be handed over goes the way of the failure, once', async ({ school }) => {
  await begin(school);
  const queue = new PgWorkflowCallQueue(school.db.worker);
  const now = school.clock.now();
  const [claimed] = await queue.claim(1, now);
  if (!claimed) throw new Error('Nothing was claimed.');
  const refused = { kind: 'failed', status: 400, error: 'n8n answered 400.' } as const;
  expect(await queue.record(claimed, refused, now)).toBe(true);
  expect(await queue.record(claimed, refused, now)).toBe(false);
  await school.loops.drain();
  expect(await ends(school)).toMatchObject([{ status: 'failed', end_reason: 'step: failed' }]);
});

test('without a connection a call fails; one that is paused is waited for as long as there is time', async ({
  school,
}) => {
  await begin(school);
  const queue = new PgWorkflowCallQueue(school.db.worker);
  await school.queryOwn(`update connections set status = 'paused' where org_id = $1`);
  expect(await queue.claim(1, school.clock.now())).toEqual([]);
  expect(await queue.giveUp(school.clock.now())).toBe(0);
  await school.queryOwn('delete from connections where org_id = $1');
  expect(await queue.giveUp(school.clock.now())).toBe(1);
  await school.loops.drain();
  expect(await ends(school)).toMatchObject([{ status: 'failed', end_reason: 'step: failed' }]);
});

test('answers and the end of the waiting at the same moment agree about every run', async ({ school }) => {
  const ids = await begin(school, 12);
  const store = new PgWorkflowCallStore(school.db.app);
  const due = new Date(school.clock.now().getTime() + 10 * minute);
  school.clock.set(due);
  const answers = ids.map((id) => store.answer(school.id, id as WorkflowCallId, { answer: {} }, due));
  const [said] = await Promise.all([Promise.all(answers), school.loops.drain()]);
  await school.loops.drain();
  const expected = said.map((one) => (one?.late ? 'step: late' : 'step: answered'));
  expect((await ends(school)).map(({ end_reason }) => end_reason)).toEqual(expected);
});

test('what a workflow still says of somebody who was erased is not kept', async ({ school }) => {
  const [id] = await begin(school);
  const { rows } = await school.queryOwn('select contact_id from runs where org_id = $1');
  const change = { actor: automation('test'), at: school.clock.now() };
  await new PgErasureStore(school.db.app).erase(school.id, rows[0].contact_id, { suppress: false }, change);
  const store = new PgWorkflowCallStore(school.db.app);
  const said = { answer: { letter: 'Dear Ada' } };
  expect(await store.answer(school.id, id as WorkflowCallId, said, school.clock.now())).toMatchObject({
    status: 'cancelled',
    late: true,
  });
  const kept = await school.queryOwn(
    `select answer::text as text from workflow_calls where org_id = $1
     union all select payload::text from events where org_id = $1`,
  );
  expect(kept.rows.map(({ text }) => text).join()).not.toContain('Ada');
});

test('another organization sees and answers none of it', async ({ school }) => {
  const [id] = await begin(school);
  const store = new PgWorkflowCallStore(school.db.app);
  const other = await school.db.organization('Another school');
  expect(await store.find(other, id as WorkflowCallId)).toBeNull();
  expect((await store.list(other, { limit: 10 })).items).toEqual([]);
  expect(await store.answer(other, id as WorkflowCallId, { answer: {} }, school.clock.now())).toBeNull();
  expect((await store.find(school.id, id as WorkflowCallId))?.status).toBe('pending');
});
