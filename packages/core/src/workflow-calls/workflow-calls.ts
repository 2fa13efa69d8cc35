import type {
  AnsweredCall,
  WorkflowAnswer,
  WorkflowCall,
  WorkflowCallQuery,
} from '@halyard/contracts/flows/workflow-calls';
import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { notFound } from '../domain-error.js';
import type { OrgId } from '../ids.js';
import type { Page } from '../page.js';
import type { LinkTokens } from '../tracking/link-tokens.js';
import type { WorkflowCallId } from './workflow-call.js';

/** What calls of workflows need of the database. Each call is one tenant transaction. */
export interface WorkflowCallStore {
  list(orgId: OrgId, query: WorkflowCallQuery): Promise<Page<WorkflowCall>>;
  find(orgId: OrgId, id: WorkflowCallId): Promise<WorkflowCall | null>;
  /** Judges the answer (judgeAnswer) while nobody decides about the contact, and records it with its event. */
  answer(orgId: OrgId, id: WorkflowCallId, said: WorkflowAnswer, at: Date): Promise<AnsweredCall | null>;
}

/** Calls of workflows by steps of flows, and what workflows answer. */
export class WorkflowCalls {
  constructor(
    private readonly store: WorkflowCallStore,
    private readonly tokens: LinkTokens,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  list(orgId: OrgId, query: WorkflowCallQuery): Promise<Page<WorkflowCall>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: WorkflowCallId): Promise<WorkflowCall> {
    const call = await this.store.find(orgId, id);
    if (!call) throw notFound('call of a workflow');
    return call;
  }

  async answer(orgId: OrgId, id: WorkflowCallId, said: WorkflowAnswer): Promise<AnsweredCall> {
    const answered = await this.store.answer(orgId, id, said, this.clock.now());
    if (!answered) throw notFound('call of a workflow');
    crashPoint('call-answered');
    this.wakeups.poke('events');
    return answered;
  }

  /** The token came with the call, and is the permission. */
  async answerByLink(token: string, said: WorkflowAnswer): Promise<AnsweredCall> {
    const named = this.tokens.read('answer', token);
    if (!named) throw notFound('call of a workflow');
    return this.answer(named.orgId, named.callId, said);
  }
}
