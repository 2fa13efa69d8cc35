import { randomUUID } from 'node:crypto';
import type { TestCaller, TestServer } from '@halyard/api/testing/test-server';
import { startTestServer } from '@halyard/api/testing/test-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MovingClock } from './moving-clock.js';
import { until } from './until.js';

/** A course, lived through: enrolled by another service, reminded, told of a new lesson, congratulated. */

const day = 86_400_000;
const clock = new MovingClock();
const [courseId, moduleId] = [randomUUID(), randomUUID()];
const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
let server: TestServer;
let api: TestCaller;

beforeAll(async () => {
  server = await startTestServer({ loops: true, clock });
  api = await server.apiKey();
  await server.db.owner.query(
    `update organization_settings set time_zone = 'Europe/Berlin', locale = 'de', postal_address = 'Am Hafen 1, 17373 Ueckermünde'`,
  );
  await made('POST', '/connections', { provider: 'sandbox', name: 'Sandbox', settings: {}, secrets: {} });
  for (const recipe of ['course-drip', 'lesson-reminders', 'course-completed'])
    await made('POST', `/recipes/${recipe}/install`, { locale: 'de' });
  await made('PUT', `/courses/${courseId}`, {
    name: 'Knoten',
    url: 'https://academy.example/knoten',
    modules: [
      {
        id: moduleId,
        name: 'Die wichtigsten',
        lessons: [
          { id: first, name: 'Palstek' },
          { id: second, name: 'Webeleinstek', url: 'https://academy.example/webeleinstek' },
        ],
      },
      { id: randomUUID(), name: 'Spleiße' },
      { id: randomUUID(), name: 'Takelage', lessons: [{ id: third, name: 'Wanten' }] },
    ],
  });
});

afterAll(() => server?.stop());

async function made(method: 'POST' | 'PUT', path: string, body: object) {
  const answer = await api(method, path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}

/** Progress as the academy tells it: seed 0, §4.2. */
const tell = (user_id: string, completed_percent: number, next_lesson_id: string | null) =>
  made('POST', '/academy/progress', {
    tenant_id: server.organization,
    user_id,
    course_id: courseId,
    progress: { completed_percent },
    next_lesson_id,
  });

async function learner(name: string) {
  const user = randomUUID();
  const contact = {
    email: `${name.toLowerCase()}@mail.example`,
    first_name: name,
    locale: 'de',
    identities: [{ kind: 'crm_user_id', address: user }],
  };
  const enrollment = await made('POST', '/enrollments', { course_id: courseId, contact });
  return { user, id: enrollment.id as string };
}

const inboxOf = async (name: string): Promise<string[]> => {
  const { body } = await api('GET', `/sandbox/inbox?recipient=${name.toLowerCase()}@mail.example`);
  return body.items.map(({ subject }: { subject: string }) => subject).reverse();
};

interface PlannedItem {
  step: { id: string };
  planned_at: string;
  status: string;
}

/** What is planned, once everything that happened was decided. */
async function planOf(id: string): Promise<PlannedItem[]> {
  const { body } = await until(
    () => api('GET', `/enrollments/${id}/plan`),
    ({ body: plan }) => plan.pending_events === 0 && plan.items.length > 0,
  );
  return body.items;
}

const momentOf = (plan: PlannedItem[], step: string): number =>
  Date.parse(
    plan.find((item) => item.step.id === step && item.status === 'scheduled')?.planned_at ?? 'not planned',
  );
const passTo = (moment: number) => clock.moveTo(new Date(moment + 1_000));

test('from enrolling to the reminder, which waits for as long as somebody learns', async () => {
  const { user, id } = await learner('Mia');
  await until(
    () => inboxOf('Mia'),
    (subjects) => subjects.includes('Modul 1: Die wichtigsten'),
  );
  const reminder = momentOf(await planOf(id), 'reminder');
  expect(reminder - clock.now().getTime()).toBeGreaterThan(2 * day);

  clock.moveTo(new Date(clock.now().getTime() + 2 * day));
  await tell(user, 45, second);
  const moved = momentOf(await planOf(id), 'reminder');
  expect(moved - reminder).toBeGreaterThan(day);
  passTo(moved);
  const subjects = await until(
    () => inboxOf('Mia'),
    (seen) => seen.some((subject) => subject.startsWith('Noch offen')),
  );
  expect(subjects).toEqual(['Modul 1: Die wichtigsten', 'Noch offen: Webeleinstek']);
  const { body } = await api('GET', '/sandbox/inbox?recipient=mia@mail.example');
  const { body: mail } = await api('GET', `/sandbox/inbox/${body.items[0].id}`);
  const text = JSON.stringify(mail.payload);
  expect(text).toContain('45 Prozent');
  expect(text).toContain('Webeleinstek');
});

test('a new lesson is told to everybody who is enrolled, and to nobody who left', async () => {
  const tom = await learner('Tom');
  const eve = await learner('Eve');
  await made('POST', `/enrollments/${eve.id}/cancel`, {});
  const lesson = randomUUID();
  const draft = { module_id: moduleId, name: 'Schotstek', published: false };
  await made('PUT', `/courses/${courseId}/lessons/${lesson}`, draft);
  await made('POST', `/courses/${courseId}/lessons/${lesson}/publish`, {});
  await made('POST', `/courses/${courseId}/lessons/${lesson}/publish`, {});
  await until(
    () => inboxOf('Tom'),
    (subjects) => subjects.includes('Neu: Schotstek'),
  );
  await planOf(tom.id);
  expect((await inboxOf('Tom')).filter((subject) => subject === 'Neu: Schotstek')).toHaveLength(1);
  expect(await inboxOf('Eve')).not.toContain('Neu: Schotstek');
});

test('one mail a week for each module, less those that the learner is past; completion ends it all', async () => {
  const { user, id } = await learner('Ada');
  await until(
    () => inboxOf('Ada'),
    (subjects) => subjects.length === 1,
  );
  await tell(user, 70, third);
  passTo(momentOf(await planOf(id), 'module-2'));
  await until(
    () => planOf(id),
    (plan) => plan.some(({ step, status }) => step.id === 'module-2' && status === 'skipped'),
  );
  passTo(momentOf(await planOf(id), 'module-3'));
  await until(
    () => inboxOf('Ada'),
    (subjects) => subjects.includes('Modul 3: Takelage'),
  );
  expect((await inboxOf('Ada')).some((subject) => subject.startsWith('Modul 2'))).toBe(false);
  await tell(user, 100, null);
  await until(
    () => inboxOf('Ada'),
    (subjects) => subjects.includes('Geschafft: Knoten'),
  );
  const later = (await planOf(id)).filter(({ status }) => status === 'scheduled');
  expect(later.map(({ step }) => step.id)).toEqual(['how-was-it']);
  // Reports that come late change nothing.
  expect(await tell(user, 45, second)).toMatchObject({ status: 'completed', completed_percent: 100 });
});
