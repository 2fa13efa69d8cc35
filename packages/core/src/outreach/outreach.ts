import type { OutreachReceipt, OutreachState } from '@halyard/contracts/outreach/item';
import { OutreachItem } from '@halyard/contracts/outreach/item';
import type { OutreachQuery } from '@halyard/contracts/outreach/routes';
import type { ProblemCode } from '@halyard/contracts/problems';
import { tellMissing } from '@halyard/contracts/tell-missing';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Issue } from '../domain-error.js';
import { DomainError, notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import { misshapen } from '../misshapen.js';
import type { Page } from '../page.js';
import type { Quarantine } from '../review/quarantine.js';
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
    private readonly quarantine: Quarantine,
  ) {}

  async push(orgId: OrgId, item: OutreachItem): Promise<OutreachReceipt> {
    const [pushed] = await this.pushBatch(orgId, [item]);
    if (pushed?.kind === 'accepted') return pushed;
    throw errorOf(pushed, 'body');
  }

  /** Items as they came, each taken or refused by itself. What is wrong with one waits for a person to mend it. */
  async pushBatch(orgId: OrgId, inputs: readonly unknown[]): Promise<Pushed[]> {
    const results = await this.#pushEach(orgId, inputs);
    const refused = results.flatMap((result, n) =>
      result.kind === 'refused' && result.code === 'invalid_request'
        ? [{ id: idOf(inputs[n]), input: inputs[n], detail: result.detail, issues: result.issues }]
        : [],
    );
    if (refused.length > 0) await this.quarantine.setAside(orgId, 'outreach_item', refused);
    return results;
  }

  /** Takes an item that was quarantined; see TakeInput. */
  async take(orgId: OrgId, input: unknown): Promise<DomainError | null> {
    const [pushed] = await this.#pushEach(orgId, [input]);
    return pushed?.kind === 'accepted' ? null : errorOf(pushed, 'body.payload');
  }

  async #pushEach(orgId: OrgId, inputs: readonly unknown[]): Promise<Pushed[]> {
    const parsed = inputs.map((input) => OutreachItem.safeParse(input, { error: tellMissing }));
    const items = parsed.flatMap((one) => (one.success ? [one.data] : []));
    const pushed = (await this.#pushAll(orgId, items)).values();
    return parsed.map((one) =>
      one.success ? (pushed.next().value ?? strange) : misshapen(one.error.issues),
    );
  }

  async #pushAll(orgId: OrgId, items: readonly OutreachItem[]): Promise<Pushed[]> {
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

/** The id of an input that may be anything. */
function idOf(input: unknown): string | null {
  const id = typeof input === 'object' && input !== null && 'id' in input ? input.id : null;
  return typeof id === 'string' && id !== '' ? id : null;
}

function errorOf(pushed: Pushed | undefined, path: string): DomainError {
  if (pushed?.kind !== 'refused') throw new Error('An item was pushed without an answer.');
  const issues = pushed.issues.map((issue) => ({ ...issue, path: `${path}.${issue.path}` }));
  return new DomainError(pushed.code, pushed.detail, issues);
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
