import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import type { SimulationResult } from '@halyard/contracts/simulate/result';
import { SimulationInput } from '@halyard/contracts/simulate/routes';
import { addressHash } from '@halyard/core/contacts/address-hash';
import type { ContactId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { Simulations } from '@halyard/core/simulate/simulations';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publish } from '../testing/deciding.js';
import { addConnection, addContact, plainRenderer, setPolicy } from '../testing/delivery.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';
import { PgSimulationStore } from './simulation-store.js';

const period = { from: '2026-05-01T00:00:00Z', until: '2026-06-01T00:00:00Z' };
const may = (day: number): Date => new Date(Date.UTC(2026, 4, day, 10));

let db: TestDatabase;
let school: OrgId;
let ada: ContactId;
let bob: ContactId;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  school = await db.organization();
  await addConnection(db, school);
  await db.owner.query(
    `with template as (
       insert into templates (org_id, id, key, name, channel) values ($1, $2, 'any', 'Any', 'email') returning org_id, id
     )
     insert into template_versions (org_id, template_id, number, content, compiled) select org_id, id, 1, '{}', '{}' from template`,
    [school, randomIds()],
  );
  ada = await addContact(db, school, { email: 'ada@example.com' });
  bob = await addContact(db, school, { email: 'bob@example.com' });
});

const onLogin = (more: Partial<FlowDefinitionInput> = {}): FlowDefinitionInput => ({
  name: 'Any',
  trigger: { type: 'event', event: 'user.login' },
  reentry: 'always',
  steps: [{ id: 'hello', type: 'message', template: 'any', channels: ['email'] }],
  ...more,
});

async function happened(
  at: Date,
  contact: ContactId | null,
  type = 'user.login',
  payload: object = {},
): Promise<void> {
  await db.owner.query(
    `insert into events (org_id, id, type, contact_id, payload, occurred_at, recorded_at) values ($1, $2, $3, $4, $5, $6, $6)`,
    [school, randomIds(), type, contact, payload, at],
  );
}

const simulate = (input: object): Promise<SimulationResult> =>
  new Simulations(new PgSimulationStore(db.app), plainRenderer).run(
    school,
    SimulationInput.parse({ period, ...input }),
    async () => {},
  );

/** Day of the month and fate of each message, in the order of time. */
const fatesIn = ({ timelines }: SimulationResult): string[] =>
  timelines
    .flatMap(({ messages }) => messages)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, status, reason }) => `${at.slice(8, 10)} ${[status, reason].filter(Boolean).join(' ')}`);

test('takes what was recorded from the first moment up to the last, of everybody or of one', async () => {
  await happened(new Date('2026-04-30T23:59:59.999Z'), ada);
  await happened(new Date(period.from), ada);
  await happened(may(20), bob);
  await happened(new Date(period.until), bob);
  const flow = { definition: onLogin() };
  const all = await simulate({ flow });
  expect(fatesIn(all)).toEqual(['01 sent', '20 sent']);
  expect(all.totals).toMatchObject({ events: 2, contacts: 2, contacts_reached: 2 });
  const one = await simulate({ flow, contact_id: bob });
  expect(one.timelines).toMatchObject([{ contact_id: bob, messages: [{ status: 'sent' }] }]);
  expect(one.totals).toMatchObject({ events: 1, contacts: 1 });
});

test('consents and suppressions count from when they were recorded', async () => {
  for (const day of [10, 20]) await happened(may(day), ada);
  for (const day of [11, 21]) await happened(may(day), bob);
  await db.owner.query(
    `insert into consents (org_id, id, contact_id, channel, state, source, occurred_at)
     values ($1, $2, $3, 'email', 'withdrawn', 'test', $4)`,
    [school, randomIds(), ada, may(15)],
  );
  await db.owner.query(
    `insert into suppressions (org_id, channel, address_hash, reason, source, created_at)
     values ($1, 'email', $2, 'manual', 'test', $3)`,
    [school, addressHash('email', 'bob@example.com'), may(15)],
  );
  const result = await simulate({ flow: { definition: onLogin() } });
  expect(fatesIn(result)).toEqual(['10 sent', '11 sent', '20 skipped opted_out', '21 skipped suppressed']);
});

test('what the flow itself did is left out, what others sent counts under the caps', async () => {
  await setPolicy(db, school, { caps: [{ messages: 1, per: 'P2D' }] });
  const { flowId } = await publish(db, school, 'any', onLogin());
  const { flowId: other } = await publish(db, school, 'other', onLogin());
  await happened(may(10), ada);
  await happened(may(10), ada, 'message.sent', { flow_id: flowId });
  for (const [flow, day] of [
    [flowId, 10],
    [other, 9],
  ] as const)
    await db.owner.query(
      `insert into messages (org_id, id, contact_id, source, flow_id, class, topic, channels, channel, status, variables,
         planned_at, due_at, released_at, sent_at)
       values ($1, $2, $3, 'flow', $4, 'marketing', '*', '{email}', 'email', 'sent', '{}', $5, $5, $5, $5)`,
      [school, randomIds(), ada, flow, may(day)],
    );
  const result = await simulate({ flow: { flow_id: flowId } });
  expect(result.totals).toMatchObject({ events: 1, held: [{ rule: 'caps', messages: 1 }] });
  expect(fatesIn(result)).toEqual(['11 sent']);
});

test('who entered before the period does not enter again where the flow says once', async () => {
  const { flowId, versionId } = await publish(db, school, 'any', onLogin({ reentry: 'once' }));
  for (const contact of [ada, bob]) await happened(may(10), contact);
  const run = randomIds();
  await db.owner.query(
    `insert into runs (org_id, id, flow_id, version_id, contact_id, status, position, started_at)
     values ($1, $2, $3, $4, $5, 'completed', '{}', '2026-04-01')`,
    [school, run, flowId, versionId, ada],
  );
  await db.owner.query(`insert into run_keys (org_id, flow_id, key, run_id) values ($1, $2, $3, $4)`, [
    school,
    flowId,
    `contact:${ada}`,
    run,
  ]);
  const result = await simulate({ flow: { flow_id: flowId } });
  expect(result.timelines.filter(({ messages }) => messages.length)).toMatchObject([{ contact_id: bob }]);
});

test('a draft against what is live, each with the luck that the rates give to the same message', async () => {
  for (let day = 1; day <= 28; day++) await happened(may(day), ada);
  const ask = (delay: string) =>
    onLogin({
      steps: [
        { id: 'hello', type: 'message', template: 'any', channels: ['email'] },
        { id: 'wait', type: 'wait', wait: { for: 'duration', duration: delay } },
        {
          id: 'opened',
          type: 'message',
          template: 'any',
          channels: ['email'],
          condition: { field: 'steps.hello.opened', op: 'eq', value: true },
        },
      ],
    });
  const { flowId } = await publish(db, school, 'any', ask('P1D'));
  await db.owner.query('update flows set draft = $2 where id = $1', [flowId, ask('P2D')]);
  const { totals, compared } = await simulate({
    flow: { flow_id: flowId },
    compare_with: { flow_id: flowId, version: 'draft' },
    rates: { opened: 0.5 },
  });
  const opened = (totals.messages.sent ?? 0) - 28;
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThan(28);
  expect(compared?.comparison).toMatchObject({ gained: 0, lost: 0, shifted: opened, unchanged: 28 });
});
