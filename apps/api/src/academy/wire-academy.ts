import { Courses } from '@halyard/core/academy/courses';
import { Enrollments } from '@halyard/core/academy/enrollments';
import { randomIds } from '@halyard/core/ids';
import { PgCourseStore } from '@halyard/postgres/academy/courses';
import { PgEnrollmentStore } from '@halyard/postgres/academy/enrollments';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { CoursesController } from './courses.controller.js';
import { EnrollmentsController } from './enrollments.controller.js';

/** What is taught, and who is how far. */
export function wireAcademy({ app, clock, wakeups }: Platform) {
  const enrollments = new Enrollments(new PgEnrollmentStore(app, randomIds), clock, wakeups);
  return {
    enrollments,
    controllers: [CoursesController, EnrollmentsController],
    providers: [bind(new Courses(new PgCourseStore(app, randomIds), clock, wakeups)), bind(enrollments)],
  };
}
