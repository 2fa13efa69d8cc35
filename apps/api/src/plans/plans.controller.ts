import { planRoutes } from '@halyard/contracts/plans/routes';
import type { InputOf } from '@halyard/contracts/route';
import type { BookingId, ContactId, EnrollmentId } from '@halyard/core/ids';
import { Plans } from '@halyard/core/plans/plans';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class PlansController {
  constructor(@Inject(Plans) private readonly plans: Plans) {}

  @Handle(planRoutes.ofBooking)
  ofBooking(@Input() { params }: InputOf<typeof planRoutes.ofBooking>, @Who() caller: Caller) {
    return this.plans.ofBooking(caller.orgId, params.id as BookingId);
  }

  @Handle(planRoutes.ofEnrollment)
  ofEnrollment(@Input() { params }: InputOf<typeof planRoutes.ofEnrollment>, @Who() caller: Caller) {
    return this.plans.ofEnrollment(caller.orgId, params.id as EnrollmentId);
  }

  @Handle(planRoutes.ofContact)
  ofContact(@Input() { params }: InputOf<typeof planRoutes.ofContact>, @Who() caller: Caller) {
    return this.plans.ofContact(caller.orgId, params.id as ContactId);
  }
}
