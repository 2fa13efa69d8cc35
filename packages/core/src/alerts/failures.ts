import { createHash } from 'node:crypto';
import type { ErrorReport, Failure, FailureQuery } from '@halyard/contracts/alerts/failure';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { FailureId } from './rule.js';

/** A fault that happened once more. */
export interface FailureReport {
  kind: Failure['kind'];
  service: string;
  fingerprint: string;
  message: string;
  severity: Failure['severity'];
  details: ErrorReport['details'];
  at: Date;
}

/** So many new failures are reported in an organization within an hour; what is new beyond that is counted as one. */
export const mostNewFailures = 100;

/** The failure that stands for those that are too many, with the last of them in its details. */
export const foldedInto = (report: FailureReport): FailureReport => ({
  ...report,
  service: 'halyard',
  fingerprint: 'too_many_new_failures',
  message: `More than ${mostNewFailures} new failures were reported within an hour. The others are counted here; the details are those of the last.`,
  details: {
    service: report.service,
    fingerprint: report.fingerprint,
    message: report.message,
    details: report.details,
  },
});

/** What the failure log needs of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface FailureStore {
  /** Counts it, and tells the outside when it is new or was resolved. */
  record(orgId: OrgId, report: FailureReport): Promise<Failure>;
  list(orgId: OrgId, query: FailureQuery): Promise<Page<Failure>>;
  find(orgId: OrgId, id: FailureId): Promise<Failure | null>;
  resolve(orgId: OrgId, id: FailureId, now: Date, audit: AuditEntry): Promise<Failure | null>;
}

/** The failure log: what went wrong in other services and in Halyard's own jobs, each fault once, counted. */
export class Failures {
  constructor(
    private readonly store: FailureStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  /** An error of another service. What it says of the future counts as now. */
  async report(orgId: OrgId, input: ErrorReport): Promise<Failure> {
    const { service, message, severity, details } = input;
    const now = this.clock.now();
    const at = input.occurred_at ? new Date(input.occurred_at) : now;
    const failure = await this.store.record(orgId, {
      kind: 'reported',
      service,
      message,
      severity,
      details,
      fingerprint: input.fingerprint ?? fingerprintOf(service, message),
      at: new Date(Math.min(at.getTime(), now.getTime())),
    });
    this.wakeups.poke('outbox');
    return failure;
  }

  list(orgId: OrgId, query: FailureQuery): Promise<Page<Failure>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: FailureId): Promise<Failure> {
    return found(await this.store.find(orgId, id));
  }

  async resolve(orgId: OrgId, id: FailureId, actor: Actor): Promise<Failure> {
    const audit = { actor, action: 'failure.resolved', target: { type: 'failure', id } };
    return found(await this.store.resolve(orgId, id, this.clock.now(), audit));
  }
}

function found(failure: Failure | null): Failure {
  if (failure === null) throw notFound('failure');
  return failure;
}

/** The same fault says the same but for its numbers, ids and quoted values. */
export function fingerprintOf(service: string, message: string): string {
  const alike = message
    .toLowerCase()
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '…')
    .replace(/\b0x[0-9a-f]+\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{16,}\b/g, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
  return createHash('sha256').update(`${service}\n${alike}`).digest('hex').slice(0, 32);
}
