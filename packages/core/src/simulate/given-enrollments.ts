import type { Course } from '@halyard/contracts/academy/course';
import type { GivenEvent } from '@halyard/contracts/simulate/routes';
import { enrollmentFacts, outlineFacts } from '../academy/enrollment-facts.js';
import { lessonTold } from '../academy/events.js';
import { findLesson } from '../academy/outline.js';
import type { EnrollmentChange, EnrollmentState, Transition } from '../academy/transitions.js';
import { applyChange, differences, newEnrollment } from '../academy/transitions.js';
import { DomainError } from '../domain-error.js';
import type { ContactId, EventId, Ids } from '../ids.js';
import { enrollmentOf, storedEnrollment } from './enrollment-changes.js';
import type { SimulatedInput, StartingPoint } from './starting-point.js';

type Given = NonNullable<GivenEvent['enrollment']>;

/** Given events of enrollments, with what they change of them, by the very transitions of production. */
export class GivenEnrollments {
  readonly #enrollments = new Map<string, EnrollmentState>();

  constructor(
    private readonly courses: StartingPoint['courses'],
    enrollments: StartingPoint['enrollments'],
    private readonly newId: Ids,
  ) {
    for (const [id, facts] of enrollments) this.#enrollments.set(id, enrollmentOf(facts));
  }

  /** What happens by an event, in the order in which it is recorded. Throws what the transition throws. */
  inputsOf(type: string, given: Given, contactId: ContactId, at: Date): SimulatedInput[] {
    const before = this.#enrollments.get(given.id) ?? null;
    const course = this.#courseOf(given, before);
    const transition = transitionOf(type, given, { before, course, contactId, at });
    if (!transition) return [];
    const { enrollment, event, completedLessons } = transition;
    this.#enrollments.set(enrollment.id, enrollment);
    const { id, course_id, revision, completed_percent } = enrollment;
    const of = { enrollment_id: id, course_id, course_name: course.name };
    const happens = (name: string, payload: object): SimulatedInput => ({
      at,
      event: {
        id: this.newId<EventId>(),
        type: name,
        contactId,
        subject: { type: 'enrollment', id },
        payload: { ...of, ...payload },
        occurredAt: at,
      },
    });
    const lessons = completedLessons.flatMap((lessonId) => {
      const placed = findLesson(course.modules, lessonId);
      return placed ? happens('lesson.completed', lessonTold(course, placed)) : [];
    });
    const changes = differences(before, enrollment);
    const changed = happens(event, { revision, completed_percent, changes });
    const set = enrollmentFacts({ ...storedEnrollment(enrollment, at) }, outlineFacts(course));
    const completed =
      event === 'enrollment.completed' ? [happens('course.completed', { course_url: course.url })] : [];
    const [first, ...more] = [...lessons, changed, ...completed];
    // As in production the first of them finds the enrollment changed already.
    return first ? [{ ...first, enrollment: { id, set } }, ...more] : [];
  }

  #courseOf({ id, course_id }: Given, before: EnrollmentState | null): Course {
    if (!before && course_id === undefined)
      throw invalid(`There is no enrollment ${id} yet: begin with enrollment.created and its course_id.`);
    const course = this.courses.get(before?.course_id ?? course_id ?? '');
    if (!course) throw invalid(`There is no course ${course_id}.`);
    return course;
  }
}

function transitionOf(
  type: string,
  given: Given,
  {
    before,
    course,
    contactId,
    at,
  }: { before: EnrollmentState | null; course: Course; contactId: ContactId; at: Date },
): Transition {
  if (type === 'enrollment.created') {
    if (before) throw invalid(`Enrollment ${before.id} is there already.`);
    const ids = { id: given.id, contactId, courseId: course.id };
    return { enrollment: newEnrollment(ids, given.attributes, at), event: type, completedLessons: [] };
  }
  if (!before) throw invalid(`There is no enrollment ${given.id} yet.`);
  return applyChange(before, changeOf(type, given), course.modules, at);
}

function changeOf(type: string, given: Given): EnrollmentChange {
  const { completed_percent, next_lesson_id: nextLessonId, completed_lesson_id: completedLessonId } = given;
  const progress = { kind: 'progress' as const, nextLessonId, completedLessonId };
  switch (type) {
    case 'enrollment.progressed':
      return { ...progress, percent: completed_percent, correction: false };
    case 'enrollment.corrected':
      return { ...progress, percent: completed_percent, correction: true };
    case 'enrollment.completed':
      return { ...progress, percent: 100, correction: false };
    case 'enrollment.cancelled':
      return { kind: 'cancel' };
    case 'enrollment.resumed':
      return { kind: 'resume' };
    case 'enrollment.changed':
      return { kind: 'update', attributes: given.attributes };
    default:
      throw invalid(`Nothing called ${type} happens to an enrollment.`);
  }
}

const invalid = (message: string): DomainError => new DomainError('invalid_request', message);
