import { startRequested, stopRequested } from '@halyard/core/decide/requests';
import type { ContactId, EventId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { expect } from 'vitest';
import { recordEvents } from '../event-recorder.js';
import { message, start, decidingTest as test } from '../testing/deciding-school.js';

test('waits, branches, contact updates and other flows follow one another', async ({ school }) => {
  await school.publish('welcome', {
    name: 'Welcome',
    trigger: { type: 'event', event: 'user.*' },
    reentry: 'once',
    steps: [
      message('hello'),
      { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'P1D' } },
      { id: 'mark', type: 'update_contact', set: { greeted: true, locale: 'de' } },
      { id: 'on', type: 'start_flow', flow: 'next' },
    ],
  });
  await school.publish('next', {
    name: 'Next',
    trigger: { type: 'api' },
    steps: [
      {
        id: 'known',
        type: 'branch',
        branches: [{ when: { field: 'contact.attributes.greeted', op: 'eq', value: true }, next: 'yes' }],
        next: 'no',
      },
      message('no', { next: null }),
      message('yes'),
    ],
  });
  await school.login('mia@example.com');
  await school.login('mia@example.com');
  await school.loops.drain();
  school.clock.advance(86_400_000);
  await school.loops.drain();
  const { rows } = await school.queryOwn(
    'select step_id, count(*)::int as n from messages where org_id = $1 group by 1 order by 1',
  );
  expect(rows).toEqual([
    { step_id: 'hello', n: 1 },
    { step_id: 'yes', n: 1 },
  ]);
  const contact = await school.queryOwn('select locale, attributes from contacts where org_id = $1');
  expect(contact.rows).toEqual([{ locale: 'de', attributes: { greeted: true } }]);
});

test('the API starts and stops a flow for a contact, a person may start it again', async ({ school }) => {
  const { flowId } = await school.publish('manual', {
    name: 'By hand',
    trigger: { type: 'api' },
    steps: [message('one', { timing: { offset: 'P1D' } })],
  });
  const [made] = await school.login('mia@example.com');
  const contactId = (made?.kind === 'recorded' ? made.contactId : null) as ContactId;
  const ask = async (type: string, payload: object) => {
    const event = { id: randomIds<EventId>(), type, contactId, occurredAt: school.clock.now() };
    const given = { ...event, payload: { flow_id: flowId, ...payload } };
    await school.db.app.forOrg(school.id, (tx) => recordEvents(tx, school.id, [given]));
    await school.loops.drain();
    const { rows } = await school.queryOwn(
      'select status from runs where org_id = $1 order by started_at, id',
    );
    return rows.map((row) => row.status);
  };
  expect(await ask(startRequested, {})).toEqual(['active']);
  expect(await ask(startRequested, {})).toEqual(['active']);
  expect(await ask(stopRequested, { reason: 'by hand' })).toEqual(['cancelled']);
  expect(await ask(startRequested, { again: true })).toEqual(['cancelled', 'active']);
});

test('a schedule admits everybody in its audience once per tick', async ({ school }) => {
  for (const [n, level] of ['a', 'b', 'a'].entries())
    await school.login(`s${n}@example.com`, {
      contact: { email: `s${n}@example.com`, attributes: { level } },
    });
  await school.publish(
    'weekly',
    {
      name: 'Weekly',
      reentry: 'always',
      trigger: {
        type: 'schedule',
        cron: '0 9 * * *',
        audience: { field: 'contact.attributes.level', op: 'eq', value: 'a' },
      },
      steps: [message('news')],
    },
    { nextTickAt: start },
  );
  await school.loops.drain();
  expect(await school.count('messages')).toBe(2);
  await school.loops.drain();
  expect(await school.count('messages')).toBe(2);
  school.clock.set(new Date('2026-04-02T08:00:00Z')); // 10:00 in Berlin
  await school.loops.drain();
  expect(await school.count('messages')).toBe(4);
});

test('a step that stops another flow stops it, though both are due at the same moment', async ({
  school,
}) => {
  const pause = { id: 'pause', type: 'wait' as const, wait: { for: 'duration' as const, duration: 'PT1H' } };
  const trigger = { type: 'event' as const, event: 'user.login' };
  await school.publish('chatty', {
    name: 'Chatty',
    trigger,
    steps: [pause, message('hello', { timing: { offset: 'P1D' } })],
  });
  await school.publish('calm', {
    name: 'Calm',
    trigger,
    steps: [pause, { id: 'hush', type: 'stop_flow', flow: 'chatty' }],
  });
  await school.login('mia@example.com');
  await school.loops.drain();
  school.clock.advance(3_600_000);
  await school.loops.drain();
  const { rows } = await school.queryOwn('select status, reason from messages where org_id = $1');
  expect(rows).toEqual([{ status: 'cancelled', reason: 'flow_stopped' }]);
});

test('an event that comes before anybody got round to a run that is overdue ends the wait that the run was to begin', async ({
  school,
}) => {
  await school.publish('paid', {
    name: 'Paid',
    trigger: { type: 'event', event: 'user.login' },
    steps: [
      { id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'PT1H' } },
      { id: 'pay', type: 'wait', wait: { for: 'event', event: 'order.paid', timeout: 'P3D' } },
      message('thanks'),
    ],
  });
  await school.login('mia@example.com');
  await school.loops.drain();
  school.clock.advance(3_605_000);
  const occurred_at = school.clock.now().toISOString();
  await school.record({ type: 'order.paid', contact: { email: 'mia@example.com' }, occurred_at });
  await school.loops.events.round(10);
  expect(await school.count('messages')).toBe(1);
});
