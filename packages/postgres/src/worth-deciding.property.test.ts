import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { FlowDefinition as Definition } from '@halyard/contracts/flows/definition';
import { concerns } from '@halyard/core/decide/relevance';
import type { Subject } from '@halyard/core/events/event';
import type { Run, SeenEvent } from '@halyard/core/flows/run';
import { startRun } from '@halyard/core/flows/run';
import type { ContactId, EventId, FlowId, FlowVersionId, OrgId, RunId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import { expect } from 'vitest';
import { recordEvents } from './event-recorder.js';
import { databaseTest as test } from './testing/database-test.js';
import { addContact } from './testing/delivery.js';
import type { TestDatabase } from './testing/test-database.js';

const at = new Date('2026-05-01T08:00:00Z');
const type = fc.constantFrom('order.paid', 'order.sent', 'orders.paid', 'user.login', 'contact.changed');
const pattern = fc.oneof(type, fc.constantFrom('order.*', 'user.*'));
const subject = fc.constantFrom<Subject | null>(null, { type: 'order', id: '1' }, { type: 'order', id: '2' });
const rule = fc.oneof(
  fc.record({ name: fc.constant('By an event'), event: type }),
  fc.constant({ name: 'At any time', condition: { field: 'contact.country', op: 'exists' } }),
);
const definition = fc
  .record({ goal: rule, exits: fc.array(rule, { maxLength: 2 }) }, { requiredKeys: ['exits'] })
  .map((rules) =>
    Definition.parse({
      name: 'Flow',
      trigger: { type: 'event', event: 'never.comes' },
      ...rules,
      steps: [{ id: 'end', type: 'exit' }],
    }),
  );

const state = fc.record({
  subject,
  waitingFor: fc.array(pattern, { maxLength: 2 }),
  wakeAt: fc.constantFrom(null, new Date('2020-01-01T00:00:00Z'), new Date('2100-01-01T00:00:00Z')),
});

const newRun = (
  contactId: ContactId,
  { subject: about, ...waiting }: Pick<Run, 'subject' | 'waitingFor' | 'wakeAt'>,
  of: FlowDefinition,
): Run => ({
  ...startRun(
    {
      id: randomIds<RunId>(),
      flowId: randomIds<FlowId>(),
      versionId: randomIds<FlowVersionId>(),
      contactId,
      subject: about,
      triggerEventId: null,
    },
    of,
    at,
  ),
  ...waiting,
});

/** With the flow and the version that it is of. */
async function writeRun(db: TestDatabase, orgId: OrgId, run: Run, of: FlowDefinition): Promise<void> {
  await db.owner.query(
    `with flow as (insert into flows (org_id, id, key, name) values ($1, $2, $2::uuid::text, 'Flow')),
       version as (insert into flow_versions (org_id, id, flow_id, number, definition, trigger_type)
         values ($1, $3, $2, 1, $4, 'event'))
     insert into runs (org_id, id, flow_id, version_id, contact_id, subject_type, subject_id, status, position, started_at,
       waiting_for, wake_at) values ($1, $5, $2, $3, $6, $7, $8, 'active', '{}', now(), $9, $10)`,
    [
      orgId,
      run.flowId,
      run.versionId,
      JSON.stringify(of),
      run.id,
      run.contactId,
      run.subject?.type,
      run.subject?.id,
      run.waitingFor,
      run.wakeAt,
    ],
  );
}

/** Whether an event waits for its decision once it is recorded. */
async function waits(
  db: TestDatabase,
  orgId: OrgId,
  { subject: about, ...event }: SeenEvent,
): Promise<boolean> {
  await db.app.forOrg(orgId, (tx) =>
    recordEvents(tx, orgId, [{ ...event, ...(about && { subject: about }) }]),
  );
  const queued = 'select from pending_events where org_id = $1 and event_id = $2';
  return (await db.owner.query(queued, [orgId, event.id])).rowCount === 1;
}

test('Feature: events, Property 2: an event waits for a decision if and only if it concerns a run of its contact', async ({
  db,
}) => {
  const orgId = await db.organization();
  await fc.assert(
    fc.asyncProperty(fc.record({ type, subject }), state, definition, async (given, standing, of) => {
      const contactId = await addContact(db, orgId);
      const run = newRun(contactId, standing, of);
      await writeRun(db, orgId, run, of);
      const event = { id: randomIds<EventId>(), contactId, payload: {}, occurredAt: at, ...given };
      expect(await waits(db, orgId, event)).toBe(concerns(event, run, of, new Date()));
    }),
    { numRuns: 100 },
  );
});
