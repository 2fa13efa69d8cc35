import { alertRoutes, failureRoutes } from '@halyard/contracts/alerts/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Alerts } from '@halyard/core/alerts/alerts';
import { Failures } from '@halyard/core/alerts/failures';
import type { AlertId, FailureId } from '@halyard/core/alerts/rule';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class AlertsController {
  constructor(
    @Inject(Alerts) private readonly alerts: Alerts,
    @Inject(Failures) private readonly failures: Failures,
  ) {}

  @Handle(alertRoutes.list)
  list(@Input() { query }: InputOf<typeof alertRoutes.list>, @Who() caller: Caller) {
    return this.alerts.list(caller.orgId, query);
  }

  @Handle(alertRoutes.counts)
  counts(@Input() _: InputOf<typeof alertRoutes.counts>, @Who() caller: Caller) {
    return this.alerts.counts(caller.orgId);
  }

  @Handle(alertRoutes.health)
  async health(@Input() _: InputOf<typeof alertRoutes.health>, @Who() caller: Caller) {
    return { items: await this.alerts.health(caller.orgId) };
  }

  @Handle(alertRoutes.report)
  report(@Input() { body }: InputOf<typeof alertRoutes.report>, @Who() caller: Caller) {
    return this.failures.report(caller.orgId, body);
  }

  @Handle(alertRoutes.read)
  read(@Input() { params }: InputOf<typeof alertRoutes.read>, @Who() caller: Caller) {
    return this.alerts.read(caller.orgId, params.id as AlertId);
  }

  @Handle(alertRoutes.acknowledge)
  acknowledge(@Input() { params, body }: InputOf<typeof alertRoutes.acknowledge>, @Who() caller: Caller) {
    const act = { kind: 'acknowledge', note: body.note ?? null } as const;
    return this.alerts.act(caller.orgId, params.id as AlertId, act, caller.actor);
  }

  @Handle(alertRoutes.silence)
  silence(@Input() { params, body }: InputOf<typeof alertRoutes.silence>, @Who() caller: Caller) {
    const act = { kind: 'silence', note: body.note ?? null, until: new Date(body.until) } as const;
    return this.alerts.act(caller.orgId, params.id as AlertId, act, caller.actor);
  }

  @Handle(alertRoutes.resolve)
  resolve(@Input() { params, body }: InputOf<typeof alertRoutes.resolve>, @Who() caller: Caller) {
    const act = { kind: 'resolve', note: body.note ?? null } as const;
    return this.alerts.act(caller.orgId, params.id as AlertId, act, caller.actor);
  }

  @Handle(failureRoutes.list)
  listFailures(@Input() { query }: InputOf<typeof failureRoutes.list>, @Who() caller: Caller) {
    return this.failures.list(caller.orgId, query);
  }

  @Handle(failureRoutes.read)
  readFailure(@Input() { params }: InputOf<typeof failureRoutes.read>, @Who() caller: Caller) {
    return this.failures.read(caller.orgId, params.id as FailureId);
  }

  @Handle(failureRoutes.resolve)
  resolveFailure(@Input() { params }: InputOf<typeof failureRoutes.resolve>, @Who() caller: Caller) {
    return this.failures.resolve(caller.orgId, params.id as FailureId, caller.actor);
  }
}
