import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type {
  ContactRun,
  ListedRun,
  RunQuery,
  StandingAtSteps,
  StartFlow,
  StopFlow,
} from '@halyard/contracts/flows/runs';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Subject } from '../events/event.js';
import type { ContactId, FlowId, OrgId } from '../ids.js';
import type { Page, PageRequest } from '../page.js';

/** What starting and stopping need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface RunStore {
  /** Null when there is no such flow. */
  statusOf(orgId: OrgId, id: FlowId): Promise<FlowStatus | null>;
  list(orgId: OrgId, id: FlowId, query: RunQuery): Promise<Page<ListedRun>>;
  standing(orgId: OrgId, id: FlowId): Promise<StandingAtSteps['items']>;
  /** Null when there is no such contact. */
  ofContact(orgId: OrgId, id: ContactId, page: PageRequest): Promise<Page<ContactRun> | null>;
  /** Those of the ids that are no contacts of the organization. */
  unknownContacts(orgId: OrgId, ids: readonly ContactId[]): Promise<ContactId[]>;
  /** Records a request to start for each contact; the decide loop does the rest. */
  requestStart(
    orgId: OrgId,
    request: { flowId: FlowId; contactIds: readonly ContactId[]; subject: Subject | null; again: boolean },
    audit: AuditEntry,
  ): Promise<number>;
  /** Records a request to stop for each contact that has a matching active run. */
  requestStop(
    orgId: OrgId,
    request: {
      flowId: FlowId;
      contactIds: readonly ContactId[] | null;
      subject: Subject | null;
      reason: string | null;
    },
    audit: AuditEntry,
  ): Promise<number>;
}

/** Runs as people see and steer them. Starting and stopping are requests: the decide loop carries them out. */
export class Runs {
  constructor(
    private readonly store: RunStore,
    private readonly wakeups: Wakeups,
  ) {}

  async list(orgId: OrgId, id: FlowId, query: RunQuery): Promise<Page<ListedRun>> {
    await this.#statusOf(orgId, id);
    return this.store.list(orgId, id, query);
  }

  async standing(orgId: OrgId, id: FlowId): Promise<StandingAtSteps> {
    await this.#statusOf(orgId, id);
    return { items: await this.store.standing(orgId, id) };
  }

  async ofContact(orgId: OrgId, id: ContactId, page: PageRequest): Promise<Page<ContactRun>> {
    const runs = await this.store.ofContact(orgId, id, page);
    if (!runs) throw notFound('contact');
    return runs;
  }

  /** Returns how many contacts were asked in. */
  async start(orgId: OrgId, id: FlowId, input: StartFlow, actor: Actor): Promise<number> {
    const status = await this.#statusOf(orgId, id);
    if (status !== 'live')
      throw new DomainError(
        'invalid_state',
        `This flow takes no contacts while it is ${status}: publish or resume it.`,
      );
    const contactIds = [...new Set(input.contact_ids)] as ContactId[];
    const unknown = new Set(await this.store.unknownContacts(orgId, contactIds));
    if (unknown.size)
      throw new DomainError(
        'invalid_request',
        'Some of these are no contacts of this organization: leave them out or create them first.',
        input.contact_ids.flatMap((contact, n) =>
          unknown.has(contact as ContactId)
            ? { path: `body.contact_ids.${n}`, message: 'There is no such contact.' }
            : [],
        ),
      );
    const request = { flowId: id, contactIds, subject: input.subject ?? null, again: input.again };
    const changes = {
      contacts: contactIds.length,
      again: input.again,
      ...(input.subject && { subject: input.subject }),
    };
    const requested = await this.store.requestStart(orgId, request, entry(actor, 'started', id, changes));
    this.wakeups.poke('events');
    return requested;
  }

  /** Returns how many contacts have runs that are going to end. */
  async stop(orgId: OrgId, id: FlowId, input: StopFlow, actor: Actor): Promise<number> {
    await this.#statusOf(orgId, id);
    const request = {
      flowId: id,
      contactIds: (input.contact_ids as ContactId[] | undefined) ?? null,
      subject: input.subject ?? null,
      reason: input.reason ?? null,
    };
    const { contact_ids, ...said } = input;
    const changes = { ...said, ...(contact_ids && { contacts: contact_ids.length }) };
    const requested = await this.store.requestStop(orgId, request, entry(actor, 'stopped', id, changes));
    this.wakeups.poke('events');
    return requested;
  }

  async #statusOf(orgId: OrgId, id: FlowId): Promise<FlowStatus> {
    const status = await this.store.statusOf(orgId, id);
    if (!status) throw notFound('flow');
    return status;
  }
}

const entry = (actor: Actor, verb: string, id: FlowId, changes: Record<string, unknown>): AuditEntry => ({
  actor,
  action: `flow.runs_${verb}`,
  target: { type: 'flow', id },
  changes,
});
