import type { AlertNotification, AlertRoute, AlertRouteInput } from '@halyard/contracts/alerts/alert-route';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Ids, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';
import type { AlertRouteId } from './rule.js';

/** What became of a notification that a route was to make. */
export type Notified =
  | { kind: 'made'; notification: AlertNotification }
  | { kind: 'refused'; reason: string };

/**
 * What routes need of the database. Each call is one tenant transaction; `audit` is written in it. Throws `invalid_request`
 * when the target names no connection or endpoint of the organization, or no address of its channel.
 */
export interface AlertRouteStore {
  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRoute>>;
  find(orgId: OrgId, id: AlertRouteId): Promise<AlertRoute | null>;
  insert(orgId: OrgId, id: AlertRouteId, input: AlertRouteInput, audit: AuditEntry): Promise<AlertRoute>;
  update(
    orgId: OrgId,
    id: AlertRouteId,
    input: AlertRouteInput,
    audit: AuditEntry,
  ): Promise<AlertRoute | null>;
  remove(orgId: OrgId, id: AlertRouteId, audit: AuditEntry): Promise<boolean>;
  /** Makes a notification that only shows that the way is open. */
  test(orgId: OrgId, id: AlertRouteId, now: Date, audit: AuditEntry): Promise<Notified | null>;
}

/** Where people are told of alerts. */
export class AlertRoutes {
  constructor(
    private readonly store: AlertRouteStore,
    private readonly newId: Ids,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, page: PageRequest): Promise<Page<AlertRoute>> {
    return this.store.list(orgId, page);
  }

  async read(orgId: OrgId, id: AlertRouteId): Promise<AlertRoute> {
    return found(await this.store.find(orgId, id));
  }

  create(orgId: OrgId, input: AlertRouteInput, actor: Actor): Promise<AlertRoute> {
    const id = this.newId<AlertRouteId>();
    return this.store.insert(orgId, id, input, entry(actor, 'created', id, { ...input }));
  }

  async update(orgId: OrgId, id: AlertRouteId, input: AlertRouteInput, actor: Actor): Promise<AlertRoute> {
    return found(await this.store.update(orgId, id, input, entry(actor, 'updated', id, { ...input })));
  }

  async remove(orgId: OrgId, id: AlertRouteId, actor: Actor): Promise<void> {
    if (!(await this.store.remove(orgId, id, entry(actor, 'removed', id)))) throw notFound('alert route');
  }

  async test(orgId: OrgId, id: AlertRouteId, actor: Actor): Promise<AlertNotification> {
    const notified = found(await this.store.test(orgId, id, this.clock.now(), entry(actor, 'tested', id)));
    if (notified.kind === 'refused') throw new DomainError('invalid_state', notified.reason);
    this.wakeups.poke('messages');
    this.wakeups.poke('outbox');
    return notified.notification;
  }
}

function found<T>(value: T | null): T {
  if (value === null) throw notFound('alert route');
  return value;
}

const entry = (
  actor: Actor,
  verb: 'created' | 'updated' | 'removed' | 'tested',
  id: AlertRouteId,
  changes?: Record<string, unknown>,
): AuditEntry => ({
  actor,
  action: `alert_route.${verb}`,
  target: { type: 'alert_route', id },
  ...(changes && { changes }),
});
