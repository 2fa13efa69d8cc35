import type {
  Claims,
  Consequences,
  DecideSession,
  DecideStore,
  DueRun,
  PendingEvent,
} from '../decide/decide-store.js';
import type { Tick } from '../decide/requests.js';
import { ticked } from '../decide/requests.js';
import { nextTick } from '../flows/schedule.js';
import type { ContactId, EventId, FlowId, Ids, OrgId, RunId } from '../ids.js';
import { MemoryWorld } from './memory-world.js';
import { Moments } from './moments.js';
import type { SimulationState } from './state.js';
import { takeConsequences } from './take-consequences.js';

/**
 * The database of the decide and wake loops, in memory: the very loops of production run on it. An event is claimed once
 * per contact and round, so that a round that fails has changed nothing.
 */
export class MemoryDecideStore implements DecideStore, Claims {
  readonly ticks = new Moments<FlowId>();
  readonly #session: DecideSession;
  readonly #claimed = new Map<EventId, PendingEvent>();
  /** By the transaction under way. */
  readonly #settled: PendingEvent[] = [];

  constructor(
    private readonly state: SimulationState,
    private readonly newId: Ids,
    from: Date,
  ) {
    const write = async (consequences: Consequences, now: Date) =>
      takeConsequences(state, consequences, now, newId);
    this.#session = { claims: this, world: new MemoryWorld(state), write, begin: async () => {} };
    for (const { id } of state.flows) this.#setTick(id, from);
  }

  /** What a round settled that failed is claimed still; it has written nothing else. */
  async transaction<T>(work: (session: DecideSession) => Promise<T>): Promise<T> {
    this.#settled.length = 0;
    try {
      return await work(this.#session);
    } catch (error) {
      for (const one of this.#settled) this.#claimed.set(one.event.id, one);
      throw error;
    }
  }

  async countDeaths(): Promise<void> {}

  async nextDue(): Promise<null> {
    return null;
  }

  async events(limit: number): Promise<PendingEvent[]> {
    const queue = this.state.pending;
    const seen = new Set<ContactId | null>();
    const later: PendingEvent[] = [];
    const looked = queue.splice(0, limit);
    for (const one of looked) {
      const { contactId, id } = one.event;
      if (contactId && seen.has(contactId)) later.push(one);
      else this.#claimed.set(id, one);
      seen.add(contactId);
    }
    queue.unshift(...later);
    return [...this.#claimed.values()];
  }

  async event(_orgId: OrgId, id: EventId): Promise<PendingEvent[]> {
    const one = this.#claimed.get(id);
    return one ? [one] : [];
  }

  async settle(events: readonly PendingEvent[]): Promise<void> {
    for (const { event } of events) this.#claimed.delete(event.id);
    this.#settled.push(...events);
  }

  async runs(_limit: number, now: Date): Promise<DueRun[]> {
    const due = this.state.wakes.due(now).flatMap((id) => this.#due(id, now));
    return due.sort((a, b) => Number(a.wakeAt) - Number(b.wakeAt) || (a.id < b.id ? -1 : 1));
  }

  async run(_orgId: OrgId, id: RunId, now: Date): Promise<DueRun[]> {
    return this.#due(id, now);
  }

  async eventFailed({ event }: PendingEvent, error: string): Promise<void> {
    this.#claimed.delete(event.id);
    this.state.failures.push({ contactId: event.contactId, at: event.occurredAt, error });
  }

  async runFailed(run: DueRun, error: string): Promise<void> {
    const { tries: _, ...failed } = run;
    this.state.keepRun({ ...failed, status: 'failed', endReason: 'error', wakeAt: null, waitingFor: [] });
    this.state.failures.push({ contactId: run.contactId, at: run.wakeAt ?? run.startedAt, error });
  }

  async tickSchedules(now: Date): Promise<number> {
    const due = this.ticks.due(now);
    for (const flowId of due) {
      const payload: Tick = { flow_id: flowId, at: now.toISOString(), after: null };
      const event = {
        id: this.newId<EventId>(),
        type: ticked,
        contactId: null,
        subject: null,
        occurredAt: now,
      };
      this.state.queue({ ...event, payload: { ...payload } });
      this.#setTick(flowId, now);
    }
    return due.length;
  }

  #due(id: RunId, now: Date): DueRun[] {
    const run = this.state.runs.get(id);
    return run?.status === 'active' && run.wakeAt && run.wakeAt <= now ? [{ ...run, tries: 0 }] : [];
  }

  #setTick(flowId: FlowId, after: Date): void {
    const flow = this.state.flows.find(({ id }) => id === flowId);
    const trigger = flow?.versions.find(({ definition }) => definition.trigger.type === 'schedule')
      ?.definition.trigger;
    if (trigger?.type !== 'schedule') return;
    const zone = trigger.zone ?? this.state.start.organization.timeZone;
    const next = nextTick(trigger.cron, zone, after);
    if (next) this.ticks.add(next, flowId);
  }
}
