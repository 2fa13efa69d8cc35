import type { Alert, AlertCounts, AlertDetail, WatchedConnection } from '@halyard/contracts/alerts/alert';
import type { AlertQuery } from '@halyard/contracts/alerts/routes';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { PersonAct } from './person.js';
import type { AlertId } from './rule.js';

/** What became of an order: the alert as it is now, or why not. */
export type Acted = { kind: 'acted'; alert: AlertDetail } | { kind: 'refused'; reason: string };

/** What alerts need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface AlertStore {
  list(orgId: OrgId, query: AlertQuery): Promise<Page<Alert>>;
  counts(orgId: OrgId): Promise<AlertCounts>;
  find(orgId: OrgId, id: AlertId): Promise<AlertDetail | null>;
  /** Does it unless refusalOf has something against it. */
  act(orgId: OrgId, id: AlertId, act: PersonAct, now: Date, audit: AuditEntry): Promise<Acted | null>;
  health(orgId: OrgId): Promise<WatchedConnection[]>;
}

/** Alerts as people see them, and what they do about them. */
export class Alerts {
  constructor(
    private readonly store: AlertStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  list(orgId: OrgId, query: AlertQuery): Promise<Page<Alert>> {
    return this.store.list(orgId, query);
  }

  counts(orgId: OrgId): Promise<AlertCounts> {
    return this.store.counts(orgId);
  }

  health(orgId: OrgId): Promise<WatchedConnection[]> {
    return this.store.health(orgId);
  }

  async read(orgId: OrgId, id: AlertId): Promise<AlertDetail> {
    return found(await this.store.find(orgId, id));
  }

  async act(orgId: OrgId, id: AlertId, act: PersonAct, actor: Actor): Promise<AlertDetail> {
    const changes = { note: act.note, ...(act.kind === 'silence' && { until: act.until.toISOString() }) };
    const audit = { actor, action: `alert.${pastOf[act.kind]}`, target: { type: 'alert', id }, changes };
    const outcome = found(await this.store.act(orgId, id, act, this.clock.now(), audit));
    if (outcome.kind === 'refused') throw new DomainError('invalid_state', outcome.reason);
    this.wakeups.poke('outbox');
    return outcome.alert;
  }
}

const pastOf = { acknowledge: 'acknowledged', silence: 'silenced', resolve: 'resolved' } as const;

function found<T>(value: T | null): T {
  if (value === null) throw notFound('alert');
  return value;
}
