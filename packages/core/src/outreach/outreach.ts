import type { OutreachItem, OutreachReceipt, OutreachState } from '@halyard/contracts/outreach/item';
import type { OutreachQuery } from '@halyard/contracts/outreach/routes';
import type { ProblemCode } from '@halyard/contracts/problems';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Issue } from '../domain-error.js';
import { DomainError, notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import type { Page } from '../page.js';
import { inlineIssues } from '../templates/inline-content.js';

/** What became of pushing one item. */
export type Pushed =
  | ({ kind: 'accepted' } & OutreachReceipt)
  | { kind: 'refused'; code: ProblemCode; detail: string; issues: readonly Issue[] };

/** What outreach needs of the database. */
export interface OutreachStore {
  /**
   * Takes items in one transaction, each by itself, in the order given: the contact is found or made, the event
   * recorded, and the message scheduled unless a step before it has to go out first.
   */
  push(orgId: OrgId, items: readonly OutreachItem[], now: Date): Promise<Pushed[]>;
  read(orgId: OrgId, id: string): Promise<OutreachState | null>;
  list(orgId: OrgId, query: OutreachQuery): Promise<Page<OutreachState>>;
  /** Tenants of the calling service whose items are this organization's, beside the organization's own id. */
  tenants(orgId: OrgId): Promise<string[]>;
}

/** Items that other services want said to somebody (contracts/outreach). */
export class Outreach {
  constructor(
    private readonly store: OutreachStore,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  async push(orgId: OrgId, item: OutreachItem): Promise<OutreachReceipt> {
    const [pushed] = await this.pushAll(orgId, [item]);
    if (pushed?.kind === 'accepted') return pushed;
    if (!pushed) throw new Error('An item was pushed without an answer.');
    const issues = pushed.issues.map((issue) => ({ ...issue, path: `body.${issue.path}` }));
    throw new DomainError(pushed.code, pushed.detail, issues);
  }

  async pushAll(orgId: OrgId, items: readonly OutreachItem[]): Promise<Pushed[]> {
    const tenants = new Set([orgId.toLowerCase(), ...(await this.#mapped(orgId, items))]);
    const refused = items.map((item) => refusalOf(item, tenants));
    const taken = items.filter((_, n) => !refused[n]);
    const pushed = (await this.store.push(orgId, taken, this.clock.now())).values();
    crashPoint('outreach-recorded');
    for (const kind of ['messages', 'events', 'runs', 'outbox'] as const) this.wakeups.poke(kind);
    return refused.map((refusal) => refusal ?? pushed.next().value ?? strange);
  }

  async read(orgId: OrgId, id: string): Promise<OutreachState> {
    const state = await this.store.read(orgId, id);
    if (!state) throw notFound('outreach item');
    return state;
  }

  list(orgId: OrgId, query: OutreachQuery): Promise<Page<OutreachState>> {
    return this.store.list(orgId, query);
  }

  /** Asked for only when an item does not name the organization itself. */
  async #mapped(orgId: OrgId, items: readonly OutreachItem[]): Promise<string[]> {
    if (items.every((item) => item.tenant_id.toLowerCase() === orgId)) return [];
    return this.store.tenants(orgId);
  }
}

/** What can be known of an item by itself: told at the door, and not when it is to be sent. */
function refusalOf(item: OutreachItem, tenants: ReadonlySet<string>): Pushed | null {
  if (!tenants.has(item.tenant_id.toLowerCase())) return strange;
  const issues = inlineIssues(item);
  const [first] = issues;
  if (!first) return null;
  const detail = `${first.path}: ${first.message}`;
  return { kind: 'refused', code: 'invalid_request', detail, issues };
}

const notOurs =
  'This tenant is not this organization. Map it with PUT /outreach/tenants/{id}, or use another API key.';
const strange: Pushed = {
  kind: 'refused',
  code: 'invalid_request',
  detail: notOurs,
  issues: [{ path: 'tenant_id', message: notOurs }],
};
