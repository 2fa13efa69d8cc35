import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const courseId = randomUUID();
let server: TestServer;
let admin: TestCaller;
let flow_id: string;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  await admin('PATCH', '/organization', { time_zone: 'Europe/Berlin', postal_address: 'Am Hafen 1' });
  await admin('POST', '/connections', { provider: 'sandbox', name: 'S', settings: {}, secrets: {} });
  await admin('PUT', `/courses/${courseId}`, { name: 'Knots' });
  await admin('POST', '/recipes/lesson-reminders/install', { locale: 'en' });
  const { body } = await admin('GET', '/flows');
  flow_id = body.items.find(({ key }: { key: string }) => key === 'lesson-reminders').id;
});
afterAll(() => server.stop());

/** What the reminders do for somebody who enrolls on Monday the first of June and learns on these days of June. */
async function remindedOn(learns: readonly number[], completes?: number): Promise<string[]> {
  const at = (day: number) => `2026-06-${String(day).padStart(2, '0')}T16:00:00Z`;
  const event = (day: number, type: string, more: object) => ({
    at: at(day),
    type: `enrollment.${type}`,
    contact: 'mia',
    enrollment: { id: 'one', ...more },
  });
  const events = [
    event(1, 'created', { course_id: courseId }),
    ...learns.map((day) => event(day, 'progressed', { completed_percent: day })),
    ...(completes ? [event(completes, 'completed', {})] : []),
  ];
  const contacts = [{ key: 'mia', email: 'mia@example.com', time_zone: 'Europe/Berlin' }];
  const until = '2026-07-31T00:00:00Z';
  const { status, body } = await admin('POST', '/flows/simulate', {
    flow: { flow_id, version: 'live' },
    contacts,
    events,
    until,
  });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.failures).toEqual([]);
  const sent = body.timelines[0].messages.filter((message: { status: string }) => message.status === 'sent');
  return sent.map(({ step, local }: { step: string; local: string }) => `${step} ${local.slice(5, 16)}`);
}

test('who never begins is reminded after three days and after a week more, and then left in peace', async () => {
  expect(await remindedOn([])).toEqual(['reminder 06-04T09:00', 'last-reminder 06-11T09:00']);
});

test('who learns every other day is not reminded at all', async () => {
  expect(await remindedOn([3, 5, 7, 9, 11, 13], 15)).toEqual([]);
});

test('who goes on after a reminder, and after the last one, is reminded again when they stop', async () => {
  expect(await remindedOn([6, 25])).toEqual([
    'reminder 06-04T09:00',
    'reminder 06-11T09:00',
    'last-reminder 06-18T09:00',
    'reminder 06-28T09:00',
    'last-reminder 07-05T09:00',
  ]);
});
