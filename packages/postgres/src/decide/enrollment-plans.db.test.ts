import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { expect } from 'vitest';
import { AcademyDesk } from '../testing/academy-desk.js';
import { decidingTest, message } from '../testing/deciding-school.js';

const quiet = { from: 'anchor' as const, anchor: 'subject.last_activity_at', offset: 'P3D' };
const reminders: FlowDefinitionInput = {
  name: 'Reminders',
  trigger: { type: 'event', event: 'enrollment.created' },
  goal: { name: 'done', event: 'enrollment.completed', same_subject: true },
  steps: [message('reminder', { timing: quiet })],
};
const news: FlowDefinitionInput = {
  name: 'New lesson',
  trigger: { type: 'event', event: 'lesson.available' },
  reentry: 'always',
  steps: [message('new-lesson')],
};

const day = 86_400_000;
const test = decidingTest.extend('desk', async ({ school }) => {
  const desk = new AcademyDesk(school.db, school.id, school.clock);
  await desk.putCourse();
  return desk;
});

test('a reminder moves with the last activity, and goes with the goal', async ({ school, desk }) => {
  await school.publish('reminders', reminders);
  const { id } = await desk.enroll('mia@example.com');
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual(['reminder 2026-04-04T10:00:00.000Z scheduled']);
  school.clock.advance(2 * day);
  await desk.progress(id, 30);
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual(['reminder 2026-04-06T10:00:00.000Z scheduled']);
  await desk.progress(id, 100);
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual(['reminder 2026-04-06T10:00:00.000Z cancelled']);
});

test('what was planned about an enrollment ends with it', async ({ school, desk }) => {
  await school.publish('reminders', reminders);
  const { id } = await desk.enroll('tom@example.com');
  await school.loops.drain();
  await desk.change(id, { kind: 'cancel' });
  await school.loops.drain();
  expect(await desk.planOf(id)).toEqual(['reminder 2026-04-04T10:00:00.000Z cancelled']);
});

test('a message that was left by a run that is over keeps the revision that delivery asks for', async ({
  school,
  desk,
}) => {
  await school.publish('now', { ...reminders, steps: [message('hello')] });
  const { id } = await desk.enroll('ada@example.com');
  await school.loops.drain();
  await desk.progress(id, 10);
  await school.loops.drain();
  const { rows } = await school.queryOwn(
    `select subject_revision, status from messages where org_id = $1 and step_id = 'hello'`,
  );
  expect(rows).toEqual([{ subject_revision: 2, status: 'scheduled' }]);
});

test('a lesson that is published to thousands is told chunk by chunk, to each once', async ({
  school,
  desk,
}) => {
  await school.publish('news', news);
  const enrolled = 1_201;
  await school.queryOwn(
    `insert into contacts (org_id, id) select $1, md5('c' || n)::uuid from generate_series(1, $2::int) n`,
    enrolled,
  );
  await school.queryOwn(
    `insert into enrollments (org_id, id, contact_id, course_id, status, enrolled_at)
     select $1, md5('e' || n)::uuid, md5('c' || n)::uuid, $3, case when n = $2 then 'cancelled' else 'active' end,
       '2026-03-01' from generate_series(1, $2::int) n`,
    enrolled,
    desk.courseId,
  );
  const [, moduleId] = desk.moduleIds;
  const put = { module_id: moduleId, name: 'The bowline', url: null, published: true };
  const by = { type: 'automation' as const, id: 'test' };
  const lessonId = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70';
  await desk.courses.putLesson(school.id, desk.courseId, lessonId, put, by);
  // The request wrote the fact and one thing to decide, however many are enrolled.
  expect(await school.count('pending_events')).toBe(1);
  await desk.courses.publishLesson(school.id, desk.courseId, lessonId, by);
  await school.loops.drain();
  expect(await school.count('messages')).toBe(enrolled - 1);
  const { rows } = await school.queryOwn(
    `select type, count(*)::int as n from events where org_id = $1 and type like 'lesson.%' group by type order by type`,
  );
  expect(rows).toEqual([
    { type: 'lesson.announcing', n: 3 },
    { type: 'lesson.available', n: enrolled - 1 },
    { type: 'lesson.published', n: 1 },
  ]);
});

test('lessons of a course that is new, and of one that is a draft, are told to nobody', async ({
  school,
  desk,
}) => {
  await school.publish('news', news);
  const draft = new AcademyDesk(school.db, school.id, school.clock);
  await draft.putCourse({ published: false, modules: [] });
  await draft.enroll('eve@example.com');
  await draft.putCourse({ published: false });
  await school.loops.drain();
  expect(await desk.eventsOf(desk.courseId)).toEqual(['course.published']);
  expect(await draft.eventsOf(draft.courseId)).toEqual([]);
  expect(await school.count('messages')).toBe(0);
});
