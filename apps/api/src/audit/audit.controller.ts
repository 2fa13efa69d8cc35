import { auditRoutes } from '@halyard/contracts/audit/routes';
import type { InputOf } from '@halyard/contracts/route';
import { PgAuditTrail } from '@halyard/postgres/audit-trail';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class AuditController {
  constructor(@Inject(PgAuditTrail) private readonly trail: PgAuditTrail) {}

  @Handle(auditRoutes.list)
  list(@Input() { query }: InputOf<typeof auditRoutes.list>, @Who() caller: Caller) {
    return this.trail.list(caller.orgId, query);
  }

  @Handle(auditRoutes.verify)
  verify(@Input() _: InputOf<typeof auditRoutes.verify>, @Who() caller: Caller) {
    return this.trail.verify(caller.orgId);
  }
}
