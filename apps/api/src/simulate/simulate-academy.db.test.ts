import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestCaller, TestServer } from '../testing/test-server.js';
import { startTestServer } from '../testing/test-server.js';

const [courseId, first, second] = [randomUUID(), randomUUID(), randomUUID()];
const day = 86_400_000;
let server: TestServer;
let admin: TestCaller;
beforeAll(async () => {
  server = await startTestServer();
  admin = await server.as('admin');
  await admin('POST', '/connections', { provider: 'sandbox', name: 'S', settings: {}, secrets: {} });
  const en = {
    subject: '{{subject.next_lesson.name}} of {{subject.course.name}}',
    html: '<p>{{subject.completed_percent}} percent</p>',
  };
  await admin('POST', '/templates', {
    key: 'next',
    name: 'Next',
    channel: 'email',
    content: { default_locale: 'en', locales: { en } },
  });
  const lessons = [
    { id: first, name: 'Bowline' },
    { id: second, name: 'Clove hitch' },
  ];
  const modules = [{ id: randomUUID(), name: 'Ropes', lessons }];
  await admin('PUT', `/courses/${courseId}`, { name: 'Knots', modules });
});
afterAll(() => server.stop());

const mail = (id: string, more: object) => ({
  id,
  type: 'message',
  template: 'next',
  channels: ['email'],
  class: 'service',
  ...more,
});
const definition = {
  name: 'Reminders',
  trigger: { type: 'event', event: 'enrollment.created' },
  goal: { name: 'done', event: 'course.completed', same_subject: true },
  steps: [
    mail('begin', { condition: { field: 'subject.completed_percent', op: 'lt', value: 50 } }),
    mail('reminder', { timing: { from: 'anchor', anchor: 'subject.last_activity_at', offset: 'P3D' } }),
  ],
};
const anna = { key: 'anna', email: 'anna@example.com' };
const enrollment = (at: string, type: string, more: object = {}) => ({
  at,
  type: `enrollment.${type}`,
  contact: 'anna',
  enrollment: { id: 'one', ...more },
});
const enrolled = enrollment('2026-06-01T10:00:00Z', 'created', { course_id: courseId });

const simulate = async (body: object) => {
  const answer = await admin('POST', '/flows/simulate', { flow: { definition }, render: true, ...body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.timelines[0].messages as Record<string, unknown>[];
};

test('given progress moves the reminder, which tells of the lesson that is next then', async () => {
  const progressed = enrollment('2026-06-03T10:00:00Z', 'progressed', {
    completed_percent: 45,
    next_lesson_id: second,
  });
  const [begin, reminder] = await simulate({ contacts: [anna], events: [enrolled, progressed] });
  expect(begin).toMatchObject({ step: 'begin', status: 'sent' });
  expect(reminder).toMatchObject({
    step: 'reminder',
    status: 'sent',
    content: { subject: 'Clove hitch of Knots' },
  });
  expect(String(reminder?.local)).toContain('2026-06-06');
});

test('completion ends it, as the events of production would', async () => {
  const completed = enrollment('2026-06-02T10:00:00Z', 'completed');
  const messages = await simulate({ contacts: [anna], events: [enrolled, completed] });
  expect(messages.map(({ step, status }) => `${step} ${status}`)).toEqual([
    'begin sent',
    'reminder cancelled',
  ]);
});

test('an event that cannot be is refused by its place', async () => {
  const answer = await admin('POST', '/flows/simulate', {
    flow: { definition },
    contacts: [anna],
    events: [enrollment('2026-06-01T10:00:00Z', 'progressed', { completed_percent: 5 })],
  });
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'body.events.0.enrollment' }] } });
});

test('a recorded period begins with enrollments as they were, and follows what changed them', async () => {
  const contact = { email: 'tom@example.com' };
  const { body } = await admin('POST', '/enrollments', { course_id: courseId, contact });
  await admin('POST', `/enrollments/${body.id}/progress`, { completed_percent: 60, next_lesson_id: second });
  const now = Date.now();
  const period = { from: new Date(now - day).toISOString(), until: new Date(now + 1_000).toISOString() };
  const messages = await simulate({ period });
  expect(messages.map(({ step, status }) => `${step} ${status}`)).toEqual(['begin sent', 'reminder sent']);
  expect(messages[1]).toMatchObject({ content: { subject: 'Clove hitch of Knots' } });
});
