import { randomUUID } from 'node:crypto';
import { ManualClock } from '@halyard/core/clock';
import { Merges } from '@halyard/core/contacts/merges';
import type { ContactId, EnrollmentId, OrgId } from '@halyard/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadFacts } from '../facts.js';
import { PgMergeStore } from '../merges.js';
import { AcademyDesk } from '../testing/academy-desk.js';
import { silent } from '../testing/deciding.js';
import type { TestDatabase } from '../testing/test-database.js';
import { openTestDatabase } from '../testing/test-database.js';

let db: TestDatabase;
let school: OrgId;
let desk: AcademyDesk;
const clock = new ManualClock(new Date('2026-04-01T10:00:00Z'));
beforeAll(async () => {
  db = await openTestDatabase();
  school = await db.organization();
  desk = new AcademyDesk(db, school, clock);
  await desk.putCourse();
});
afterAll(() => db.drop());

test('progress that another service tells makes the contact and the enrollment, and is told once', async () => {
  const user = randomUUID();
  const [first, second] = [desk.lessonIds[0], desk.lessonIds[1]];
  const told = await Promise.all(Array.from({ length: 5 }, () => desk.tell(user, 25, second)));
  expect(new Set(told.map(({ id, revision }) => `${id}@${revision}`)).size).toBe(1);
  const [enrollment] = told;
  expect(enrollment).toMatchObject({ status: 'active', completed_percent: 25, next_lesson_id: second });
  const { rows } = await db.owner.query('select kind, address from identities where contact_id = $1', [
    enrollment?.contact_id,
  ]);
  expect(rows).toEqual([{ kind: 'crm_user_id', address: user }]);
  const later = await desk.tell(user, 50, desk.lessonIds[2]);
  expect(later.completed_lessons).toEqual([second]);
  expect(await desk.tell(user, 25, first)).toEqual(later);
  expect(await desk.eventsOf(later.id)).toEqual([
    'enrollment.created',
    'enrollment.progressed',
    'lesson.completed',
    'enrollment.progressed',
  ]);
});

test('a hundred percent complete the course, once, and only a correction takes it back', async () => {
  const { id } = await desk.enroll('tom@example.com');
  await desk.progress(id, 100);
  await desk.progress(id, 100);
  expect(await desk.progress(id, 40)).toMatchObject({ status: 'completed', completed_percent: 100 });
  const back = await desk.change(id, { kind: 'progress', percent: 40, correction: true });
  expect(back).toMatchObject({ status: 'active', completed_percent: 40, completed_at: null });
  expect(await desk.eventsOf(id)).toEqual([
    'enrollment.created',
    'enrollment.completed',
    'course.completed',
    'enrollment.corrected',
  ]);
});

test('who is enrolled already stays so, and who left goes on', async () => {
  const { id } = await desk.enroll('ada@example.com');
  expect((await desk.enroll('ada@example.com')).id).toBe(id);
  await desk.change(id, { kind: 'cancel', reason: 'no time' });
  await expect(desk.progress(id, 10)).rejects.toMatchObject({ code: 'invalid_state' });
  expect(await desk.enroll('ada@example.com')).toMatchObject({ id, status: 'active', cancel_reason: null });
  expect(await desk.eventsOf(id)).toEqual([
    'enrollment.created',
    'enrollment.cancelled',
    'enrollment.resumed',
  ]);
});

test('what cannot be meant is refused by its name', async () => {
  await expect(desk.tell(randomUUID(), 10, randomUUID())).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: 'body.next_lesson_id' }],
  });
  await expect(desk.tell(randomUUID(), 10, null, randomUUID())).rejects.toMatchObject({
    issues: [{ path: 'body.tenant_id' }],
  });
  const elsewhere = new AcademyDesk(db, school, clock);
  await expect(elsewhere.enroll('eve@example.com')).rejects.toMatchObject({
    issues: [{ path: 'body.course_id' }],
  });
});

test('facts of an enrollment tell of its course, module and next lesson', async () => {
  const { id } = await desk.tell(randomUUID(), 50, desk.lessonIds[2]);
  const subject = { type: 'enrollment', id };
  const asked = { orgId: school, contactId: null, subject, event: null, runId: null };
  const facts = await db.worker.across((tx) => loadFacts(tx, [asked, { ...asked, subject: null }]));
  expect(facts[0]?.subject).toMatchObject({
    type: 'enrollment',
    id,
    completed_percent: 50,
    course: { name: 'Knots', module_count: 2, lesson_count: 4 },
    module: { name: 'Module 2', number: 2 },
    next_lesson: { name: 'Lesson 3', number: 3 },
  });
  expect(facts[1]?.subject).toBeNull();
});

test('another organization sees nothing and changes nothing', async () => {
  const other = await db.organization('Another school');
  const stranger = new AcademyDesk(db, other, clock);
  const { id, contact_id } = await desk.enroll('mia@example.com');
  await expect(stranger.enrollments.read(other, id as EnrollmentId)).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(stranger.change(id, { kind: 'cancel' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(stranger.courses.read(other, desk.courseId)).rejects.toMatchObject({ code: 'not_found' });
  expect((await stranger.enrollments.list(other, { limit: 10 })).items).toEqual([]);
  await stranger.putCourse();
  const stolen = { course_id: stranger.courseId, contact_id, attributes: {} };
  const by = { type: 'automation' as const, id: 'test' };
  await expect(stranger.enrollments.enroll(other, stolen, by)).rejects.toMatchObject({ code: 'not_found' });
});

test('of two who are merged and take the same course, the one that got further goes on', async () => {
  const user = randomUUID();
  const behind = await desk.tell(user, 10, desk.lessonIds[0]);
  const ahead = await desk.enroll('further@example.com');
  await desk.progress(ahead.id, 60);
  const merges = new Merges(new PgMergeStore(db.app), silent, clock);
  const ids = [behind.contact_id, ahead.contact_id] as [ContactId, ContactId];
  await merges.merge(school, ...ids, { type: 'automation', id: 'test' });
  expect(await desk.tell(user, 70, desk.lessonIds[3])).toMatchObject({ id: ahead.id, completed_percent: 70 });
});

test('lists name who takes what, newest first, page by page', async () => {
  const crew = await db.organization('A crew');
  const own = new AcademyDesk(db, crew, clock);
  await own.putCourse();
  const made = [
    await own.enroll('a@example.com'),
    await own.enroll('b@example.com'),
    await own.enroll('c@example.com'),
  ];
  const page = (cursor?: string) => own.enrollments.list(crew, { limit: 2, ...(cursor && { cursor }) });
  const first = await page();
  expect(first.items[0]).toMatchObject({ contact: { address: 'c@example.com' }, course: { name: 'Knots' } });
  const second = await page(first.next_cursor ?? '');
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
});
