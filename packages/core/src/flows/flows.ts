import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { Flow, FlowInput, FlowPatch, FlowQuery, FlowSummary } from '@halyard/contracts/flows/flow';
import type { Actor, AuditEntry } from '../actor.js';
import { DomainError, notFound } from '../domain-error.js';
import type { FlowId, Ids, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { FlowChecks } from './flow-checks.js';
import { toKey } from './flow-key.js';

/** What changes of a flow before it is published. */
export interface DraftPatch {
  key?: string;
  draft?: Flow['draft'];
  /** Only if it was last changed at this moment. */
  unchangedSince?: Date;
}

/** What drafts need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface FlowStore {
  list(orgId: OrgId, query: FlowQuery): Promise<Page<FlowSummary>>;
  find(orgId: OrgId, id: FlowId): Promise<Flow | null>;
  insert(
    orgId: OrgId,
    id: FlowId,
    flow: { key: string; recipe: string | null; draft: Flow['draft'] & {} },
    audit: AuditEntry,
  ): Promise<Flow>;
  /** Null when there is no such flow. Throws `conflict` when it was changed since, or another one has the key. */
  update(orgId: OrgId, id: FlowId, patch: DraftPatch, audit: AuditEntry): Promise<Flow | null>;
  remove(orgId: OrgId, id: FlowId, audit: AuditEntry): Promise<'removed' | 'missing' | 'published'>;
}

/** Flows as they are written: drafts, before and between publications. */
export class Flows {
  constructor(
    private readonly store: FlowStore,
    private readonly checks: FlowChecks,
    private readonly newId: Ids,
  ) {}

  list(orgId: OrgId, query: FlowQuery): Promise<Page<FlowSummary>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: FlowId): Promise<Flow> {
    return found(await this.store.find(orgId, id));
  }

  create(orgId: OrgId, input: FlowInput, actor: Actor, recipe: string | null = null): Promise<Flow> {
    const id = this.newId<FlowId>();
    const key = input.key ?? toKey(input.definition.name);
    const audit = entry(actor, 'created', id, { key, ...(recipe && { recipe }) });
    return this.store.insert(orgId, id, { key, recipe, draft: input.definition }, audit);
  }

  async update(orgId: OrgId, id: FlowId, input: FlowPatch, actor: Actor): Promise<Flow> {
    const { key, definition, if_updated_at } = input;
    const patch: DraftPatch = {
      ...(key !== undefined && { key }),
      ...(definition !== undefined && { draft: definition }),
      ...(if_updated_at !== undefined && { unchangedSince: new Date(if_updated_at) }),
    };
    const changes = {
      ...(key !== undefined && { key }),
      ...(definition !== undefined && { draft: definition ? 'changed' : 'thrown away' }),
    };
    return found(await this.store.update(orgId, id, patch, entry(actor, 'updated', id, changes)));
  }

  async remove(orgId: OrgId, id: FlowId, actor: Actor): Promise<void> {
    const result = await this.store.remove(orgId, id, entry(actor, 'removed', id));
    if (result === 'missing') throw notFound('flow');
    if (result === 'published')
      throw new DomainError(
        'invalid_state',
        'This flow was published and its runs name it: archive it instead.',
      );
  }

  /** What is wrong with the draft. */
  async check(orgId: OrgId, id: FlowId): Promise<FlowFinding[]> {
    const { draft, key } = await this.read(orgId, id);
    return draft ? this.checkDefinition(orgId, { key, definition: draft }) : [];
  }

  /** What is wrong with a definition that is not stored; `key`: of the flow that it would be. */
  checkDefinition(orgId: OrgId, { key, definition }: FlowInput): Promise<FlowFinding[]> {
    return this.checks.check(orgId, key ?? toKey(definition.name), definition);
  }
}

function found(flow: Flow | null): Flow {
  if (!flow) throw notFound('flow');
  return flow;
}

const entry = (actor: Actor, verb: string, id: FlowId, changes?: Record<string, unknown>): AuditEntry => ({
  actor,
  action: `flow.${verb}`,
  target: { type: 'flow', id },
  ...(changes && { changes }),
});
