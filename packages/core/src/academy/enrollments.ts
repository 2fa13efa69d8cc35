import type {
  AcademyProgress,
  Enrollment,
  EnrollmentInput,
  EnrollmentQuery,
  ListedEnrollment,
  ProgressInput,
} from '@halyard/contracts/academy/enrollment';
import type { ContactInput } from '@halyard/contracts/contacts/contact';
import type { Actor } from '../actor.js';
import type { Change } from '../bookings/bookings.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { EnrollmentId, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { EnrollmentChange } from './transitions.js';

/** Who takes which course. */
export interface Enrolling {
  courseId: string;
  contactId?: string | undefined;
  contact?: ContactInput | undefined;
  /** Of an enrollment that is not there yet. */
  attributes?: EnrollmentInput['attributes'];
}

/**
 * What enrollments need of the database. A change is one transaction: the enrollment with its next revision, its events,
 * the audit line and what the outside is told; the enrollment is locked before the transition is computed.
 */
export interface EnrollmentStore {
  list(orgId: OrgId, query: EnrollmentQuery): Promise<Page<ListedEnrollment>>;
  find(orgId: OrgId, id: EnrollmentId): Promise<ListedEnrollment | null>;
  /** Enrolls the contact unless it is, then applies the changes in their order. */
  enroll(orgId: OrgId, who: Enrolling, changes: readonly EnrollmentChange[], by: Change): Promise<Enrollment>;
  change(orgId: OrgId, id: EnrollmentId, change: EnrollmentChange, by: Change): Promise<Enrollment | null>;
  /** Tenants of other services that are this organization, beside its own id. */
  tenants(orgId: OrgId): Promise<string[]>;
}

/** Who takes which course, and how far they are. What follows is decided by the loop that reads their events. */
export class Enrollments {
  constructor(
    private readonly store: EnrollmentStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, query: EnrollmentQuery): Promise<Page<ListedEnrollment>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: EnrollmentId): Promise<ListedEnrollment> {
    return found(await this.store.find(orgId, id));
  }

  async enroll(orgId: OrgId, input: EnrollmentInput, actor: Actor): Promise<Enrollment> {
    const { course_id: courseId, contact_id: contactId, contact, attributes } = input;
    const who = { courseId, contactId, contact, attributes };
    const changes: EnrollmentChange[] = [{ kind: 'resume' }, { kind: 'update', attributes }];
    return this.#told(await this.store.enroll(orgId, who, changes, this.#by(actor)));
  }

  /** Progress in the ids of another service. */
  async tell(orgId: OrgId, told: AcademyProgress, actor: Actor): Promise<Enrollment> {
    const tenant = told.tenant_id.toLowerCase();
    if (tenant !== orgId.toLowerCase() && !(await this.store.tenants(orgId)).includes(tenant))
      throw notOurs();
    const contact = { identities: [{ kind: 'crm_user_id' as const, address: told.user_id }] };
    const change: EnrollmentChange = {
      kind: 'progress',
      percent: told.progress.completed_percent,
      nextLessonId: told.next_lesson_id,
      correction: false,
    };
    const who = { courseId: told.course_id, contact };
    return this.#told(await this.store.enroll(orgId, who, [change], this.#by(actor)));
  }

  progress(orgId: OrgId, id: EnrollmentId, input: ProgressInput, actor: Actor): Promise<Enrollment> {
    const change: EnrollmentChange = {
      kind: 'progress',
      percent: input.completed_percent,
      nextLessonId: input.next_lesson_id,
      completedLessonId: input.completed_lesson_id,
      correction: input.correction,
    };
    return this.change(orgId, id, change, actor);
  }

  async change(orgId: OrgId, id: EnrollmentId, change: EnrollmentChange, actor: Actor): Promise<Enrollment> {
    return this.#told(await this.store.change(orgId, id, change, this.#by(actor)));
  }

  #by(actor: Actor): Change {
    return { actor, now: this.clock.now() };
  }

  #told(enrollment: Enrollment | null): Enrollment {
    const changed = found(enrollment);
    this.wakeups.poke('events');
    this.wakeups.poke('outbox');
    return changed;
  }
}

function found<Found extends Enrollment>(enrollment: Found | null): Found {
  if (!enrollment) throw notFound('enrollment');
  return enrollment;
}

function notOurs(): DomainError {
  const message =
    'This tenant is not this organization. Map it with PUT /outreach/tenants/{id}, or use another API key.';
  return new DomainError('invalid_request', message, [{ path: 'body.tenant_id', message }]);
}
