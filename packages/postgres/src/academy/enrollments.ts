import type { Course } from '@halyard/contracts/academy/course';
import type { Enrollment, EnrollmentQuery, ListedEnrollment } from '@halyard/contracts/academy/enrollment';
import type { Enrolling, EnrollmentStore } from '@halyard/core/academy/enrollments';
import type { EnrollmentChange, EnrollmentEventType } from '@halyard/core/academy/transitions';
import { applyChange, newEnrollment } from '@halyard/core/academy/transitions';
import type { Change } from '@halyard/core/bookings/bookings';
import { DomainError } from '@halyard/core/domain-error';
import type { EnrollmentId, Ids, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { appendAudit } from '../audit.js';
import { resolveContact } from '../contact-references.js';
import type { Database, Tx } from '../database.js';
import { isForeignKeyViolation } from '../errors.js';
import { mappedTenants } from '../outreach-tenants.js';
import { readCourse } from './courses.js';
import type { ChangedEnrollment } from './enrollment-rows.js';
import { tellEnrollment, toEnrollment } from './enrollment-rows.js';
import { findEnrolled } from './find-enrolled.js';
import { findEnrollment, listEnrollments } from './list-enrollments.js';

/** Locks are taken in this order: contact, contact and course, enrollment, and at the commit the audit log's. */
export class PgEnrollmentStore implements EnrollmentStore {
  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
  ) {}

  list(orgId: OrgId, query: EnrollmentQuery): Promise<Page<ListedEnrollment>> {
    return this.database.forOrg(orgId, (tx) => listEnrollments(tx, orgId, query));
  }

  find(orgId: OrgId, id: EnrollmentId): Promise<ListedEnrollment | null> {
    return this.database.forOrg(orgId, (tx) => findEnrollment(tx, orgId, id));
  }

  tenants(orgId: OrgId): Promise<string[]> {
    return this.database.forOrg(orgId, (tx) => mappedTenants(tx, orgId));
  }

  enroll(
    orgId: OrgId,
    who: Enrolling,
    changes: readonly EnrollmentChange[],
    by: Change,
  ): Promise<Enrollment> {
    const enrolling = this.database.forOrg(orgId, async (tx) => {
      const reference = { id: who.contactId, contact: who.contact, create: true };
      const contactId = await resolveContact(tx, orgId, reference, by.now);
      const course = await readCourse(tx, orgId, who.courseId);
      if (!course) throw noCourse();
      const there = await findEnrolled(tx, orgId, contactId, who.courseId);
      let enrollment = there ?? (await this.#insert(tx, orgId, contactId, course, who.attributes ?? {}, by));
      for (const change of changes) enrollment = await this.#apply(tx, orgId, enrollment, change, course, by);
      return enrollment;
    });
    return enrolling.catch((error: unknown) => {
      // Removed since it was read.
      throw isForeignKeyViolation(error, 'enrollments_org_id_course_id_fkey') ? noCourse() : error;
    });
  }

  change(orgId: OrgId, id: EnrollmentId, change: EnrollmentChange, by: Change): Promise<Enrollment | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const found = await select(tx, orgId).where('id', '=', id).executeTakeFirst();
      const course = found && (await readCourse(tx, orgId, found.course_id));
      if (!course) return null;
      const row = await select(tx, orgId).where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow();
      return this.#apply(tx, orgId, toEnrollment(row), change, course, by);
    });
  }

  async #insert(
    tx: Tx,
    orgId: OrgId,
    contactId: string,
    course: Course,
    attributes: Enrollment['attributes'],
    by: Change,
  ): Promise<Enrollment> {
    const ids = { id: this.newId<EnrollmentId>(), contactId, courseId: course.id };
    const enrollment = newEnrollment(ids, attributes, by.now);
    await tx
      .insertInto('enrollments')
      .values({
        ...enrollment,
        org_id: orgId,
        attributes: JSON.stringify(enrollment.attributes),
        updated_at: by.now,
      })
      .execute();
    const type = 'enrollment.created';
    await this.#tell(tx, orgId, { before: null, enrollment, type, completedLessons: [], course }, by);
    return { ...enrollment, updated_at: by.now.toISOString() };
  }

  async #apply(
    tx: Tx,
    orgId: OrgId,
    before: Enrollment,
    change: EnrollmentChange,
    course: Course,
    by: Change,
  ): Promise<Enrollment> {
    const transition = applyChange(before, change, course.modules, by.now);
    if (!transition) return before;
    const { enrollment, event: type, completedLessons } = transition;
    const row = await tx
      .updateTable('enrollments')
      .set({ ...enrollment, attributes: JSON.stringify(enrollment.attributes), updated_at: by.now })
      .where('org_id', '=', orgId)
      .where('id', '=', enrollment.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await this.#tell(tx, orgId, { before, enrollment, type, completedLessons, course }, by);
    return toEnrollment(row);
  }

  /** Events and outbox of one change, and what a person did in the audit log. */
  async #tell(tx: Tx, orgId: OrgId, changed: ChangedEnrollment, { actor, now }: Change): Promise<void> {
    const changes = await tellEnrollment(tx, orgId, changed, this.newId, now);
    if (reported.has(changed.type)) return;
    const target = { type: 'enrollment', id: changed.enrollment.id };
    await appendAudit(tx, orgId, { actor, action: changed.type, target, changes });
  }
}

/** What learners do, told by an academy as it happens: their events say it all, and the audit log is of what was ordered. */
const reported: ReadonlySet<EnrollmentEventType> = new Set(['enrollment.progressed', 'enrollment.completed']);

const select = (tx: Tx, orgId: OrgId) => tx.selectFrom('enrollments').selectAll().where('org_id', '=', orgId);

function noCourse(): DomainError {
  const message = 'There is no such course in this organization. Create it first with PUT /courses/{id}.';
  return new DomainError('invalid_request', message, [{ path: 'body.course_id', message }]);
}
