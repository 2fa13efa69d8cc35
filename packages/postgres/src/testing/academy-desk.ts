import { CourseInput } from '@halyard/contracts/academy/course';
import { AcademyProgress } from '@halyard/contracts/academy/enrollment';
import { Courses } from '@halyard/core/academy/courses';
import { Enrollments } from '@halyard/core/academy/enrollments';
import type { EnrollmentChange } from '@halyard/core/academy/transitions';
import type { Clock } from '@halyard/core/clock';
import type { CourseId, EnrollmentId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgCourseStore } from '../academy/courses.js';
import { PgEnrollmentStore } from '../academy/enrollments.js';
import { PgPlanStore } from '../plans.js';
import { silent } from './deciding.js';
import type { TestDatabase } from './test-database.js';

const actor = { type: 'automation' as const, id: 'test' };

/** Where courses of an organization are written, people enrolled, and their plans read. */
export class AcademyDesk {
  readonly courses: Courses;
  readonly enrollments: Enrollments;
  readonly courseId = randomIds<CourseId>();
  readonly moduleIds = [randomIds(), randomIds()] as const;
  /** Two in each module. */
  readonly lessonIds = [randomIds(), randomIds(), randomIds(), randomIds()] as const;

  constructor(
    private readonly db: TestDatabase,
    private readonly orgId: OrgId,
    private readonly clock: Clock,
  ) {
    this.courses = new Courses(new PgCourseStore(db.app, randomIds), clock, silent);
    this.enrollments = new Enrollments(new PgEnrollmentStore(db.app, randomIds), clock, silent);
  }

  /** The course, with changes to what is told of it. */
  putCourse(more: Partial<CourseInput> = {}) {
    const lesson = (n: number) => ({ id: this.lessonIds[n], name: `Lesson ${n + 1}` });
    const modules = this.moduleIds.map((id, n) => ({
      id,
      name: `Module ${n + 1}`,
      lessons: [lesson(2 * n), lesson(2 * n + 1)],
    }));
    const input = CourseInput.parse({
      name: 'Knots',
      url: 'https://academy.example/knots',
      modules,
      ...more,
    });
    return this.courses.put(this.orgId, this.courseId, input, actor);
  }

  enroll(email: string) {
    const input = { course_id: this.courseId, contact: { email }, attributes: {} };
    return this.enrollments.enroll(this.orgId, input, actor);
  }

  tell(userId: string, percent: number, next_lesson_id: string | null, tenant_id: string = this.orgId) {
    const progress = { completed_percent: percent };
    const told = { tenant_id, user_id: userId, course_id: this.courseId, progress, next_lesson_id };
    return this.enrollments.tell(this.orgId, AcademyProgress.parse(told), actor);
  }

  change(id: string, change: EnrollmentChange) {
    return this.enrollments.change(this.orgId, id as EnrollmentId, change, actor);
  }

  progress(id: string, percent: number) {
    return this.change(id, { kind: 'progress', percent, correction: false });
  }

  async planOf(id: string): Promise<string[]> {
    const plan = await new PgPlanStore(this.db.app).ofEnrollment(this.orgId, id as EnrollmentId);
    return (plan?.items ?? []).map((item) => `${item.step?.id} ${item.planned_at} ${item.status}`);
  }

  /** The types of what was recorded about something, in their order. */
  async eventsOf(subjectId: string): Promise<string[]> {
    const { rows } = await this.db.owner.query<{ type: string }>(
      'select type from events where org_id = $1 and subject_id = $2 order by recorded_at, id',
      [this.orgId, subjectId],
    );
    return rows.map(({ type }) => type);
  }

  now(): Date {
    return this.clock.now();
  }
}
