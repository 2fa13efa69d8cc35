import type { Course, CourseInput, LessonPut } from '@halyard/contracts/academy/course';
import type { Actor } from '../actor.js';
import type { Change } from '../bookings/bookings.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { CourseId, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import { outlineOf, withLesson, withPublished } from './outline.js';

/** A course without the stamps that the store keeps. */
export type CourseState = Omit<Course, 'created_at' | 'updated_at'>;

/** What becomes of a course (null: it is not there yet); null to leave everything as it is. */
export type Edit = (before: Course | null) => CourseState | null;

/**
 * What courses need of the database. A change is one transaction: the course is locked, edited, and written with its
 * audit line, and what became public by it is told (outline.ts, newlyPublished).
 */
export interface CourseStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<Course>>;
  find(orgId: OrgId, id: CourseId): Promise<Course | null>;
  edit(orgId: OrgId, id: CourseId, edit: Edit, by: Change): Promise<Course | null>;
  remove(orgId: OrgId, id: CourseId, by: Change): Promise<'removed' | 'missing' | 'in_use'>;
}

/** Courses as another service, or a person, describes them. */
export class Courses {
  constructor(
    private readonly store: CourseStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<Course>> {
    return this.store.list(orgId, page);
  }

  async read(orgId: OrgId, id: CourseId): Promise<Course> {
    return found(await this.store.find(orgId, id), 'course');
  }

  async put(orgId: OrgId, id: CourseId, input: CourseInput, actor: Actor): Promise<Course> {
    const now = this.clock.now();
    const edit: Edit = (before) => ({
      id,
      name: input.name,
      url: input.url ?? null,
      published_at: before?.published_at ?? (input.published ? now.toISOString() : null),
      attributes: input.attributes,
      modules: outlineOf(input.modules, before?.modules ?? [], now),
    });
    return found(await this.#edit(orgId, id, edit, { actor, now }), 'course');
  }

  async putLesson(
    orgId: OrgId,
    id: CourseId,
    lessonId: string,
    put: LessonPut,
    actor: Actor,
  ): Promise<Course> {
    const now = this.clock.now();
    const edit: Edit = (before) =>
      before && { ...before, modules: withLesson(before.modules, lessonId, put, now) };
    return found(await this.#edit(orgId, id, edit, { actor, now }), 'course');
  }

  async publishLesson(orgId: OrgId, id: CourseId, lessonId: string, actor: Actor): Promise<Course> {
    const now = this.clock.now();
    const edit: Edit = (before) => {
      const modules = before && withPublished(before.modules, lessonId, now);
      return modules && { ...before, modules };
    };
    return found(await this.#edit(orgId, id, edit, { actor, now }), 'lesson');
  }

  async remove(orgId: OrgId, id: CourseId, actor: Actor): Promise<void> {
    const outcome = await this.store.remove(orgId, id, { actor, now: this.clock.now() });
    if (outcome === 'missing') throw notFound('course');
    if (outcome === 'in_use')
      throw new DomainError(
        'invalid_state',
        'Contacts are or were enrolled in this course: it stays, so that what they were told can be explained.',
      );
  }

  async #edit(orgId: OrgId, id: CourseId, edit: Edit, by: Change): Promise<Course | null> {
    const course = await this.store.edit(orgId, id, edit, by);
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
    return course;
  }
}

function found(course: Course | null, what: string): Course {
  if (!course) throw notFound(what);
  return course;
}
