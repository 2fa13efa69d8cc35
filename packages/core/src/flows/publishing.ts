import type {
  Flow,
  FlowChange as FlowDifference,
  FlowVersion,
  FlowVersionSummary,
  PublishedFlow,
  Weights,
} from '@halyard/contracts/flows/flow';
import type { Actor, AuditEntry } from '../actor.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { FlowId, FlowVersionId, Ids, OrgId } from '../ids.js';
import { diffDefinitions } from './diff.js';
import type { FlowChecks } from './flow-checks.js';
import type { FlowChange, FlowState } from './publication.js';
import { nextTickOf, publish, refuseErrors, turn, weigh } from './publication.js';

/** What publishing needs of the database. */
export interface PublishingStore {
  find(orgId: OrgId, id: FlowId): Promise<Flow | null>;
  versions(orgId: OrgId, id: FlowId): Promise<FlowVersionSummary[] | null>;
  version(orgId: OrgId, id: FlowId, number: number): Promise<FlowVersion | null>;
  /**
   * Locks the flow, lets `decide` say what becomes of it, and writes that with the audit entry, in one transaction; null
   * when there is no such flow. What `decide` throws undoes everything.
   */
  change(
    orgId: OrgId,
    id: FlowId,
    actor: Actor,
    decide: (state: FlowState) => { change: FlowChange; nextTickAt: Date | null; audit: AuditEntry },
  ): Promise<Flow | null>;
}

/** What of a flow is live: its versions, which never change, and their shares of new contacts. */
export class Publishing {
  constructor(
    private readonly store: PublishingStore,
    private readonly checks: FlowChecks,
    private readonly newId: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * The draft becomes the next version, whatever it is warned of; `warnings` says of what. It is checked before the flow
   * is locked, as that may take seconds; a draft that was changed meanwhile is refused with `conflict`.
   */
  async publish(orgId: OrgId, id: FlowId, weight: number, actor: Actor): Promise<PublishedFlow> {
    const found = await this.store.find(orgId, id);
    if (!found) throw notFound('flow');
    const { draft, key } = found;
    if (!draft)
      throw new DomainError('invalid_state', 'There is nothing to publish: change the draft first.');
    const warnings = refuseErrors(await this.checks.check(orgId, key, draft));
    const versionId = this.newId<FlowVersionId>();
    const flow = await this.#change(orgId, id, actor, 'published', (state) =>
      publish(state, draft, versionId, weight),
    );
    return { ...flow, warnings };
  }

  weigh(orgId: OrgId, id: FlowId, { weights }: Weights, actor: Actor): Promise<Flow> {
    return this.#change(orgId, id, actor, 'weighed', (state) => weigh(state, weights));
  }

  /** Gives all new contacts to this version; newer ones stay, without a share. */
  rollBack(orgId: OrgId, id: FlowId, version: number, actor: Actor): Promise<Flow> {
    return this.#change(orgId, id, actor, 'rolled_back', (state) => weigh(state, [{ version, weight: 100 }]));
  }

  turn(orgId: OrgId, id: FlowId, to: 'live' | 'paused' | 'archived', actor: Actor): Promise<Flow> {
    const verb = to === 'live' ? 'resumed' : to;
    return this.#change(orgId, id, actor, verb, (state) => turn(state, to));
  }

  async versions(orgId: OrgId, id: FlowId): Promise<FlowVersionSummary[]> {
    const versions = await this.store.versions(orgId, id);
    if (!versions) throw notFound('flow');
    return versions;
  }

  async version(orgId: OrgId, id: FlowId, number: number): Promise<FlowVersion> {
    const version = await this.store.version(orgId, id, number);
    if (!version) throw notFound('version of a flow');
    return version;
  }

  /** What changes from one version to another, or to the draft when no other is given. */
  async diff(orgId: OrgId, id: FlowId, from: number, to: number | undefined): Promise<FlowDifference[]> {
    const before = await this.version(orgId, id, from);
    if (to !== undefined)
      return diffDefinitions(before.definition, (await this.version(orgId, id, to)).definition);
    const draft = (await this.store.find(orgId, id))?.draft;
    if (!draft)
      throw new DomainError('invalid_request', 'There is no draft to compare with: name a version as `to`.');
    return diffDefinitions(before.definition, draft);
  }

  async #change(
    orgId: OrgId,
    id: FlowId,
    actor: Actor,
    verb: string,
    decide: (state: FlowState) => FlowChange,
  ): Promise<Flow> {
    const flow = await this.store.change(orgId, id, actor, (state) => {
      const change = decide(state);
      const weights = Object.fromEntries(
        change.versions.flatMap(({ number, weight }) => (weight > 0 ? [[number, weight]] : [])),
      );
      return {
        change,
        nextTickAt: nextTickOf(change, state.timeZone, this.clock.now()),
        audit: {
          actor,
          action: `flow.${verb}`,
          target: { type: 'flow', id },
          changes: { status: change.status, weights },
        },
      };
    });
    if (!flow) throw notFound('flow');
    return flow;
  }
}
