import { enrollmentRoutes } from '@halyard/contracts/academy/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Enrollments } from '@halyard/core/academy/enrollments';
import type { EnrollmentId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class EnrollmentsController {
  constructor(@Inject(Enrollments) private readonly enrollments: Enrollments) {}

  @Handle(enrollmentRoutes.list)
  list(@Input() { query }: InputOf<typeof enrollmentRoutes.list>, @Who() caller: Caller) {
    return this.enrollments.list(caller.orgId, query);
  }

  @Handle(enrollmentRoutes.create)
  create(@Input() { body }: InputOf<typeof enrollmentRoutes.create>, @Who() caller: Caller) {
    return this.enrollments.enroll(caller.orgId, body, caller.actor);
  }

  @Handle(enrollmentRoutes.read)
  read(@Input() { params }: InputOf<typeof enrollmentRoutes.read>, @Who() caller: Caller) {
    return this.enrollments.read(caller.orgId, params.id as EnrollmentId);
  }

  @Handle(enrollmentRoutes.change)
  change(@Input() { params, body }: InputOf<typeof enrollmentRoutes.change>, @Who() caller: Caller) {
    const change = { kind: 'update', attributes: body.attributes } as const;
    return this.enrollments.change(caller.orgId, params.id as EnrollmentId, change, caller.actor);
  }

  @Handle(enrollmentRoutes.progress)
  progress(@Input() { params, body }: InputOf<typeof enrollmentRoutes.progress>, @Who() caller: Caller) {
    return this.enrollments.progress(caller.orgId, params.id as EnrollmentId, body, caller.actor);
  }

  @Handle(enrollmentRoutes.cancel)
  cancel(@Input() { params, body }: InputOf<typeof enrollmentRoutes.cancel>, @Who() caller: Caller) {
    const change = { kind: 'cancel', reason: body.reason } as const;
    return this.enrollments.change(caller.orgId, params.id as EnrollmentId, change, caller.actor);
  }

  @Handle(enrollmentRoutes.tell)
  tell(@Input() { body }: InputOf<typeof enrollmentRoutes.tell>, @Who() caller: Caller) {
    return this.enrollments.tell(caller.orgId, body, caller.actor);
  }
}
