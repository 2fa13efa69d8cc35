import { alertRouteRoutes, alertRuleRoutes } from '@halyard/contracts/alerts/setup-routes';
import type { InputOf } from '@halyard/contracts/route';
import { AlertRoutes } from '@halyard/core/alerts/alert-routes';
import { AlertRules } from '@halyard/core/alerts/alert-rules';
import type { AlertRouteId, AlertRuleId } from '@halyard/core/alerts/rule';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

/** What is watched, and who is told. */
@Controller()
export class AlertSetupController {
  constructor(
    @Inject(AlertRules) private readonly rules: AlertRules,
    @Inject(AlertRoutes) private readonly routes: AlertRoutes,
  ) {}

  @Handle(alertRuleRoutes.list)
  listRules(@Input() { query }: InputOf<typeof alertRuleRoutes.list>, @Who() caller: Caller) {
    return this.rules.list(caller.orgId, query);
  }

  @Handle(alertRuleRoutes.create)
  createRule(@Input() { body }: InputOf<typeof alertRuleRoutes.create>, @Who() caller: Caller) {
    return this.rules.create(caller.orgId, body, caller.actor);
  }

  @Handle(alertRuleRoutes.defaults)
  async defaults(@Input() _: InputOf<typeof alertRuleRoutes.defaults>, @Who() caller: Caller) {
    return { items: await this.rules.offered(caller.orgId) };
  }

  @Handle(alertRuleRoutes.install)
  async install(@Input() { body }: InputOf<typeof alertRuleRoutes.install>, @Who() caller: Caller) {
    return { items: await this.rules.install(caller.orgId, body.keys, caller.actor) };
  }

  @Handle(alertRuleRoutes.read)
  readRule(@Input() { params }: InputOf<typeof alertRuleRoutes.read>, @Who() caller: Caller) {
    return this.rules.read(caller.orgId, params.id as AlertRuleId);
  }

  @Handle(alertRuleRoutes.update)
  updateRule(@Input() { params, body }: InputOf<typeof alertRuleRoutes.update>, @Who() caller: Caller) {
    return this.rules.update(caller.orgId, params.id as AlertRuleId, body, caller.actor);
  }

  @Handle(alertRuleRoutes.remove)
  async removeRule(@Input() { params }: InputOf<typeof alertRuleRoutes.remove>, @Who() caller: Caller) {
    await this.rules.remove(caller.orgId, params.id as AlertRuleId, caller.actor);
    return undefined;
  }

  @Handle(alertRouteRoutes.list)
  listRoutes(@Input() { query }: InputOf<typeof alertRouteRoutes.list>, @Who() caller: Caller) {
    return this.routes.list(caller.orgId, query);
  }

  @Handle(alertRouteRoutes.create)
  createRoute(@Input() { body }: InputOf<typeof alertRouteRoutes.create>, @Who() caller: Caller) {
    return this.routes.create(caller.orgId, body, caller.actor);
  }

  @Handle(alertRouteRoutes.read)
  readRoute(@Input() { params }: InputOf<typeof alertRouteRoutes.read>, @Who() caller: Caller) {
    return this.routes.read(caller.orgId, params.id as AlertRouteId);
  }

  @Handle(alertRouteRoutes.update)
  updateRoute(@Input() { params, body }: InputOf<typeof alertRouteRoutes.update>, @Who() caller: Caller) {
    return this.routes.update(caller.orgId, params.id as AlertRouteId, body, caller.actor);
  }

  @Handle(alertRouteRoutes.remove)
  async removeRoute(@Input() { params }: InputOf<typeof alertRouteRoutes.remove>, @Who() caller: Caller) {
    await this.routes.remove(caller.orgId, params.id as AlertRouteId, caller.actor);
    return undefined;
  }

  @Handle(alertRouteRoutes.test)
  testRoute(@Input() { params }: InputOf<typeof alertRouteRoutes.test>, @Who() caller: Caller) {
    return this.routes.test(caller.orgId, params.id as AlertRouteId, caller.actor);
  }
}
