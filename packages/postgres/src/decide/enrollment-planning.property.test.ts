import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { EnrollmentChange } from '@halyard/core/academy/transitions';
import { ManualClock } from '@halyard/core/clock';
import { DomainError } from '@halyard/core/domain-error';
import { advance } from '@halyard/core/flows/advance';
import { startRun } from '@halyard/core/flows/run';
import type { ContactId, FlowId, FlowVersionId, OrgId, RunId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadFacts } from '../facts.js';
import { AcademyDesk } from '../testing/academy-desk.js';
import { publish, TestLoops } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

const base = new Date('2026-03-20T10:00:00Z'); // the clocks change on 29 March
const afterActivity = (id: string, offset: string, more: object = {}) => ({
  id,
  type: 'message' as const,
  template: 'any',
  channels: ['email' as const],
  timing: { from: 'anchor' as const, anchor: 'subject.last_activity_at', offset, ...more },
});
const definition = FlowDefinition.parse({
  name: 'Reminders',
  trigger: { type: 'event', event: 'enrollment.created' },
  zone: 'organization',
  exits: [{ name: 'done', condition: { field: 'subject.completed_percent', op: 'gte', value: 80 } }],
  steps: [
    afterActivity('three', 'P3D', { at: '09:00' }),
    afterActivity('seven', 'P7D', { weekdays: ['mon', 'wed', 'fri'] }),
    afterActivity('fourteen', 'P14D'),
  ],
});

type Move =
  | { kind: 'change'; change: EnrollmentChange }
  | { kind: 'decide' }
  | { kind: 'pass'; hours: number }
  | { kind: 'deliver' };

const report = (percent: number, correction: boolean): EnrollmentChange => ({
  kind: 'progress',
  percent,
  correction,
});
/** Who left by the exit does not come back, so a story has either corrections or the report that leads out. */
const aChange = (corrects: boolean) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 79 }).map((percent) => report(percent, false)) },
    { weight: corrects ? 3 : 0, arbitrary: fc.integer({ min: 0, max: 79 }).map((n) => report(n, true)) },
    { weight: corrects ? 0 : 1, arbitrary: fc.constant(report(90, false)) },
    { weight: 1, arbitrary: fc.constant<EnrollmentChange>({ kind: 'cancel' }) },
    {
      weight: 1,
      arbitrary: fc.constant<EnrollmentChange>({ kind: 'update', attributes: { group: 'b' } }),
    },
  );
const aMove = (corrects: boolean): fc.Arbitrary<Move> =>
  fc.oneof(
    { weight: 4, arbitrary: aChange(corrects).map((change): Move => ({ kind: 'change', change })) },
    { weight: 3, arbitrary: fc.constant<Move>({ kind: 'decide' }) },
    {
      weight: 3,
      arbitrary: fc.integer({ min: 1, max: 400 }).map((hours): Move => ({ kind: 'pass', hours })),
    },
    { weight: 1, arbitrary: fc.constant<Move>({ kind: 'deliver' }) },
  );

let db: TestDatabase;
let school: OrgId;
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  await publish(db, school, 'reminders', definition);
});
afterAll(() => db.drop());

class World {
  readonly clock = new ManualClock(base);
  readonly loops = new TestLoops(db, this.clock);
  readonly desk = new AcademyDesk(db, school, this.clock);

  async make(id: string, move: Move): Promise<void> {
    switch (move.kind) {
      case 'decide':
        return this.loops.drain();
      case 'pass':
        return this.clock.advance(move.hours * 3_600_000);
      case 'deliver':
        return this.deliver();
      case 'change':
        await this.desk.change(id, move.change).catch((error: unknown) => {
          if (!(error instanceof DomainError && error.code === 'invalid_state')) throw error;
        });
    }
  }

  /** What delivery would do, as far as the plan is concerned. */
  async deliver(): Promise<void> {
    await this.loops.drain();
    await db.owner.query(
      `update messages set status = 'sent', sent_at = $2 where org_id = $1 and status = 'scheduled' and due_at <= $2`,
      [school, this.clock.now()],
    );
  }

  async messages(id: string, status: string): Promise<Map<string, string>> {
    const { rows } = await db.owner.query(
      'select step_id, planned_at from messages where subject_id = $1 and status = $2',
      [id, status],
    );
    return new Map(rows.map((row) => [row.step_id, row.planned_at.toISOString()]));
  }

  /** What a plan made now, from nothing but the facts, would still send. */
  async freshPlan(id: string, contactId: ContactId): Promise<Map<string, string>> {
    const subject = { type: 'enrollment', id };
    const asked = { orgId: school, contactId, subject, event: null, runId: null };
    const [facts = {}] = await db.worker.across((tx) => loadFacts(tx, [asked]));
    const ids = {
      id: randomIds<RunId>(),
      flowId: randomIds<FlowId>(),
      versionId: randomIds<FlowVersionId>(),
    };
    const now = this.clock.now();
    const run = startRun({ ...ids, contactId, subject, triggerEventId: null }, definition, now);
    const { plan } = advance({ definition, run, facts, cause: { kind: 'start' }, now });
    const sending = plan.filter((planned) => planned.verdict === 'send');
    return new Map(sending.map((planned) => [planned.stepId, planned.plannedAt.toISOString()]));
  }
}

test('Feature: academy, Property 5: whatever happens to an enrollment in any order, pending messages equal a fresh plan minus what was sent', async () => {
  const aStory = fc.boolean().chain((corrects) => fc.array(aMove(corrects), { maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(fc.array(aStory, { minLength: 1, maxLength: 3 }), async (stories) => {
      const world = new World();
      await world.desk.putCourse();
      const enrolled = await Promise.all(stories.map(() => world.desk.enroll(`${randomIds()}@example.com`)));
      for (let turn = 0; turn < 8; turn++)
        for (const [n, { id }] of enrolled.entries()) {
          const move = stories[n]?.[turn];
          if (move) await world.make(id, move);
        }
      await world.deliver();
      await world.loops.drain();
      for (const { id, contact_id } of enrolled) {
        const sent = await world.messages(id, 'sent');
        const fresh = await world.freshPlan(id, contact_id as ContactId);
        const pending = new Map([...fresh].filter(([step]) => !sent.has(step)));
        expect(await world.messages(id, 'scheduled')).toEqual(pending);
      }
      await db.owner.query(`update runs set status = 'cancelled' where org_id = $1`, [school]);
      await db.owner.query(`delete from messages where org_id = $1`, [school]);
    }),
    { numRuns: 100 },
  );
}, 180_000);
