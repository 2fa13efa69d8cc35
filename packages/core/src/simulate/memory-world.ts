import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Enrolled } from '../academy/events.js';
import type {
  AdmissionState,
  ContactKey,
  FactsAsked,
  LiveFlow,
  OrgRun,
  World,
} from '../decide/decide-store.js';
import type { Subject } from '../events/event.js';
import type { PlanRow } from '../flows/plan.js';
import type { Facts } from '../flows/run.js';
import type { ContactId, FlowVersionId, OrgId, RunId } from '../ids.js';
import { factsIn } from './simulated-facts.js';
import { toPlanRow } from './simulated-message.js';
import type { SimulationState } from './state.js';

/** What the decide and wake loops look at, answered from memory. */
export class MemoryWorld implements World {
  constructor(private readonly state: SimulationState) {}

  async liveFlows(): Promise<LiveFlow[]> {
    return this.state.flows;
  }

  async definitionsOf(): Promise<Map<FlowVersionId, FlowDefinition>> {
    return this.state.definitions as Map<FlowVersionId, FlowDefinition>;
  }

  async runsOf(
    contacts: readonly ContactKey[],
    subjects: readonly (Subject & ContactKey)[],
  ): Promise<OrgRun[]> {
    const active = contacts.flatMap(({ contactId }) => [
      ...(this.state.contacts.get(contactId)?.active.values() ?? []),
    ]);
    const through = subjects.flatMap(({ contactId, type, id }) =>
      [...(this.state.contacts.get(contactId)?.ended.values() ?? [])].filter(
        (run) =>
          run.status === 'completed' &&
          run.endReason === null &&
          run.subject?.type === type &&
          run.subject.id === id,
      ),
    );
    return [...active, ...through].sort(
      (a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.id < b.id ? -1 : 1),
    );
  }

  async admissionState(): Promise<AdmissionState> {
    return this.state;
  }

  async facts(asked: readonly FactsAsked[]): Promise<Facts[]> {
    return asked.map((one) => factsIn(this.state, one));
  }

  async plannedRows(runs: readonly OrgRun[]): Promise<Map<RunId, PlanRow[]>> {
    return new Map(runs.map(({ id }) => [id, (this.state.messagesOfRun.get(id) ?? []).map(toPlanRow)]));
  }

  async contactsAfter(_orgId: OrgId, after: string | null, limit: number): Promise<ContactId[]> {
    const ids = this.state.contactIds;
    const from = after === null ? 0 : ids.findIndex((id) => id > after);
    return from < 0 ? [] : ids.slice(from, from + limit);
  }

  /** Nobody: what an announcement told is on record itself, as the `lesson.available` of each. */
  async enrolledAfter(): Promise<Enrolled[]> {
    return [];
  }
}
