import { ManualClock } from '@halyard/core/clock';
import { turn } from '@halyard/core/flows/publication';
import type { FlowId } from '@halyard/core/ids';
import { expect } from 'vitest';
import { PgPublishingStore } from '../flow-versions.js';
import { databaseTest } from '../testing/database-test.js';
import { DecidingSchool, drip } from '../testing/deciding-school.js';
import { addConnection, addTemplate, RecordingProvider, testWorker } from '../testing/delivery.js';

const hour = 3_600_000;
const actor = { type: 'user' as const, id: 'u' };

/** A school of which everybody who logs in gets a message an hour later, by each of its flows. */
class PausingSchool extends DecidingSchool {
  readonly provider = new RecordingProvider();
  readonly #worker = testWorker(this.db, this.provider, this.clock);

  turn(flowId: FlowId, to: 'live' | 'paused' | 'archived') {
    return new PgPublishingStore(this.db.app).change(this.id, flowId, actor, (state) => ({
      change: turn(state, to),
      nextTickAt: null,
      audit: { actor, action: `flow.${to}` },
    }));
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.loops.drain();
    await this.#worker.settle();
  }

  async messages() {
    return (await this.queryOwn('select * from messages where org_id = $1 order by id')).rows;
  }
}

const test = databaseTest.extend('school', async ({ db }) => {
  await db.owner.query('delete from messages'); // a worker claims those of every organization
  const school = new PausingSchool(db, await db.organization(), new ManualClock(new Date()));
  await addConnection(db, school.id);
  await addTemplate(db, school.id, 'reminder');
  return school;
});

test('what a paused flow planned is held when its moment comes, and goes out when it is resumed', async ({
  school,
}) => {
  const { flowId } = await school.publish('drip', drip);
  await school.login('mia@example.com');
  await school.pass(0);
  const [planned] = await school.messages();
  await school.turn(flowId, 'paused');
  await school.pass(hour);
  await school.pass(12 * hour);
  expect(school.provider.requests).toEqual([]);
  const [held] = await school.messages();
  expect(held).toMatchObject({ status: 'scheduled', reason: 'flow_paused', planned_at: planned.planned_at });
  await school.turn(flowId, 'live');
  await school.pass(0);
  expect(school.provider.sentTo).toEqual(['mia@example.com']);
});

test('other flows send meanwhile', async ({ school }) => {
  const { flowId } = await school.publish('drip', drip);
  await school.publish('other', drip);
  await school.login('mia@example.com');
  await school.pass(0);
  await school.turn(flowId, 'paused');
  await school.pass(hour);
  expect(school.provider.sentTo).toEqual(['mia@example.com']);
});

test('what expires while its flow is paused is not sent', async ({ school }) => {
  const { flowId } = await school.publish('drip', drip);
  await school.login('mia@example.com');
  await school.pass(0);
  await school.turn(flowId, 'paused');
  await school.pass(hour);
  await school.pass(60 * 24 * hour);
  await school.turn(flowId, 'live');
  await school.pass(0);
  expect(school.provider.requests).toEqual([]);
  expect(await school.messages()).toMatchObject([{ status: 'expired' }]);
});

test('an archived flow lets its runs end as they would', async ({ school }) => {
  const { flowId } = await school.publish('drip', drip);
  await school.login('mia@example.com');
  await school.pass(0);
  await school.turn(flowId, 'paused');
  await school.pass(hour);
  await school.turn(flowId, 'archived');
  await school.pass(0);
  expect(school.provider.sentTo).toEqual(['mia@example.com']);
});
