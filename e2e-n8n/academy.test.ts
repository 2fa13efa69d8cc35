import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../e2e/until.ts';
import { proof } from './accounts.ts';
import { Brought } from './setting-up.ts';
import { callHook, halyard } from './stage.ts';

/** An academy tells n8n, n8n feeds Halyard, and the flows of the recipes there decide who hears what. */

const course = randomUUID();
const [basics, sails] = [randomUUID(), randomUUID()];
const [knots, wind] = [randomUUID(), randomUUID()];
let tenant: string;

const workflows = new Brought();
beforeAll(async () => {
  tenant = (await halyard('GET', '/organization')).body.id;
  for (const recipe of ['course-drip', 'lesson-reminders'])
    expect((await halyard('POST', `/recipes/${recipe}/install`, { locale: 'en' })).status).toBeLessThan(300);
  const { status } = await halyard('PUT', `/courses/${course}`, {
    name: 'Sailing for beginners',
    modules: [
      { id: basics, name: 'Basics', lessons: [{ id: knots, name: 'Knots' }] },
      { id: sails, name: 'Sails', lessons: [{ id: wind, name: 'Wind' }] },
    ],
  });
  expect(status).toBeLessThan(300);
  for (const key of ['enroll', 'progress', 'publish-lesson']) await workflows.bring(`academy/${key}`);
});

afterAll(() => workflows.switchOff());

async function enroll() {
  const user = randomUUID();
  const email = `${user}@example.com`;
  const contact = {
    email,
    first_name: 'Ada',
    locale: 'en',
    identities: [{ kind: 'crm_user_id', address: user }],
  };
  const enrolled = await callHook('halyard/academy/enrollments', { course_id: course, contact }, proof);
  expect(enrolled, JSON.stringify(enrolled.body)).toMatchObject({ status: 202, body: { status: 'active' } });
  return { user, email, enrollment: enrolled.body.id as string };
}
const progress = (user: string, percent: number, next: string | null) =>
  callHook(
    'halyard/academy/progress',
    {
      tenant_id: tenant,
      user_id: user,
      course_id: course,
      progress: { completed_percent: percent },
      next_lesson_id: next,
    },
    proof,
  );
const subjectsTo = async (email: string): Promise<string[]> =>
  (await halyard('GET', `/sandbox/inbox?recipient=${email}`)).body.items.map(
    ({ subject }: { subject: string }) => subject,
  );
/** What is planned of an enrollment, and waits. */
const pendingOf = async (enrollment: string, flow: string): Promise<string[]> => {
  const { body } = await until(
    () => halyard('GET', `/enrollments/${enrollment}/plan`),
    ({ body }) => body.pending_events === 0,
  );
  return body.items
    .filter(
      (item: { flow: { key: string }; status: string }) =>
        item.flow.key.startsWith(flow) && item.status === 'scheduled',
    )
    .map(({ step }: { step: { id: string } }) => step.id);
};

test('who enrolls gets the first module, and one message per module is planned', async () => {
  const { email, enrollment } = await enroll();
  await until(
    () => subjectsTo(email),
    (subjects) => subjects.includes('Module 1: Basics'),
  );
  expect(await pendingOf(enrollment, 'course-drip')).toContain('module-2');
});

test('a lesson that is published is told to who is enrolled', async () => {
  const { email } = await enroll();
  const name = `Tides ${randomUUID().slice(0, 4)}`;
  const lesson = { course_id: course, module_id: sails, lesson_id: randomUUID(), name };
  const { status, body } = await callHook('halyard/academy/lessons', lesson, proof);
  expect({ status, body }).toMatchObject({ status: 202, body: { id: course } });
  await until(
    () => subjectsTo(email),
    (subjects) => subjects.includes(`New: ${name}`),
    20_000,
  );
});

test('a reminder is planned while something is open, and taken back with the course’s end', async () => {
  const { user, enrollment } = await enroll();
  expect(await progress(user, 45, wind)).toMatchObject({
    status: 202,
    body: { id: enrollment, completed_percent: 45 },
  });
  await until(
    () => pendingOf(enrollment, 'lesson-reminders'),
    (reminders) => reminders.includes('reminder'),
  );
  await progress(user, 100, null);
  await until(
    () => pendingOf(enrollment, 'lesson-reminders'),
    (reminders) => reminders.length === 0,
  );
  expect(await pendingOf(enrollment, 'course-drip')).toEqual([]);
});

test('progress of a tenant that is none of ours is refused', async () => {
  const strange = { tenant_id: randomUUID(), user_id: randomUUID(), course_id: course };
  const told = { ...strange, progress: { completed_percent: 10 }, next_lesson_id: null };
  expect((await callHook('halyard/academy/progress', told, proof)).status).toBe(422);
});
