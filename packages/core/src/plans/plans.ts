import type { Plan } from '@halyard/contracts/plans/routes';
import { notFound } from '../domain-error.js';
import type { BookingId, ContactId, EnrollmentId, OrgId } from '../ids.js';

/** What plans need of the database: null when there is no such booking, enrollment or contact. */
export interface PlanStore {
  ofBooking(orgId: OrgId, id: BookingId): Promise<Plan | null>;
  ofEnrollment(orgId: OrgId, id: EnrollmentId): Promise<Plan | null>;
  ofContact(orgId: OrgId, id: ContactId): Promise<Plan | null>;
}

/** What Halyard means to say about a booking or an enrollment, or to a contact, and what became of it. */
export class Plans {
  constructor(private readonly store: PlanStore) {}

  async ofBooking(orgId: OrgId, id: BookingId): Promise<Plan> {
    const plan = await this.store.ofBooking(orgId, id);
    if (!plan) throw notFound('booking');
    return plan;
  }

  async ofEnrollment(orgId: OrgId, id: EnrollmentId): Promise<Plan> {
    const plan = await this.store.ofEnrollment(orgId, id);
    if (!plan) throw notFound('enrollment');
    return plan;
  }

  async ofContact(orgId: OrgId, id: ContactId): Promise<Plan> {
    const plan = await this.store.ofContact(orgId, id);
    if (!plan) throw notFound('contact');
    return plan;
  }
}
