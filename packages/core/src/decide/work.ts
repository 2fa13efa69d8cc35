import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { advance } from '../flows/advance.js';
import { withContactUpdate } from '../flows/contact-update.js';
import type { Advanced, Cause, Effect, Facts } from '../flows/run.js';
import { stopRun } from '../flows/run-end.js';
import type { ContactId, EventId, Ids, OrgId } from '../ids.js';
import type { OutboxId } from '../outbox/outbox-event.js';
import { newCall } from '../workflow-calls/new-call.js';
import type { Admission } from './admission.js';
import type { MovedRun } from './consequences.js';
import { addRun, followOf, nothing } from './consequences.js';
import type { Consequences, OrgRun, World } from './decide-store.js';

/** What a loop decides with: the world it looks at, the moment, and where new ids come from. */
export interface Deciding {
  world: World;
  now: Date;
  newId: Ids;
  /** The trace that a run's moving continues; a simulation has none. */
  traceOf?: (run: OrgRun) => string;
}

/** A run to be looked at, with what that needs. */
export interface Look {
  before: OrgRun | null;
  key?: string;
  run: OrgRun;
  definition: FlowDefinition;
  facts: Facts;
  cause: Cause;
  /** The event behind it, for the record; a start has one too. */
  eventId: EventId | null;
}

/** One step of deciding as it grows: runs that were moved, and what else follows. */
export class Work {
  readonly consequences: Consequences = nothing();
  /** Flows that steps want to start; whoever decides admits them next. */
  readonly wanted: Admission[] = [];
  readonly #moved = new Map<string, MovedRun>();
  /** Every run of the contacts at hand, moved or not, so that a step can stop it. */
  readonly #known = new Map<string, Omit<MovedRun, 'plan'>>();

  constructor(private readonly deciding: Deciding) {}

  /** Makes runs known that may be stopped though nothing else happens to them. */
  know(run: OrgRun, definition: FlowDefinition, eventId: EventId | null): void {
    this.#known.set(run.id, { before: run, run, definition, facts: {}, eventId });
  }

  /** Advances a run and notes what follows; one that an earlier run's step has stopped stays stopped. */
  look(look: Look): void {
    if (this.#moved.get(look.run.id)?.run.status === 'cancelled') return;
    const facts = this.#fresh(look.run, look.facts);
    const { definition, cause } = look;
    const advanced = advance({ definition, run: look.run, facts, cause, now: this.deciding.now });
    if (isLifeless(look, advanced)) return;
    const run = this.#traced({ ...advanced.run, orgId: look.run.orgId, flowKey: look.run.flowKey });
    this.#set({ ...look, run, facts, plan: advanced.plan });
    this.#note(run, look.eventId, advanced);
    for (const effect of advanced.effects) this.#take(effect, run, facts);
  }

  /** Ends the contact's active runs that `match`. */
  stop(orgId: OrgId, contactId: ContactId, reason: string, match: (run: OrgRun) => boolean): void {
    for (const known of this.#known.values()) {
      const { run } = known;
      if (run.orgId !== orgId || run.contactId !== contactId || run.status !== 'active' || !match(run))
        continue;
      this.#set({ ...known, run: this.#traced({ ...run, ...stopRun(run, reason) }), plan: [] });
    }
  }

  /** Compares every moved run's plan with its messages; what must be written is complete after this. */
  async finish(): Promise<Consequences> {
    const moved = [...this.#moved.values()];
    const old = moved.filter((one) => one.before !== null);
    const rows = await this.deciding.world.plannedRows(old.map((one) => one.run));
    for (const one of moved)
      addRun(this.consequences, one, rows.get(one.run.id) ?? [], this.deciding.now, this.deciding.newId);
    return this.consequences;
  }

  #traced(run: OrgRun): OrgRun {
    const { traceOf } = this.deciding;
    return traceOf ? { ...run, trace: traceOf(run) } : run;
  }

  #set(moved: MovedRun): void {
    this.#moved.set(moved.run.id, moved);
    this.#known.set(moved.run.id, moved);
  }

  #note(run: OrgRun, eventId: EventId | null, { decisions }: Advanced): void {
    for (const decision of decisions)
      this.consequences.decisions.push({
        ...decision,
        orgId: run.orgId,
        runId: run.id,
        contactId: run.contactId,
        ...(eventId && { eventId }),
      });
  }

  #take(effect: Effect, run: OrgRun, facts: Facts): void {
    const { orgId, contactId } = run;
    switch (effect.kind) {
      case 'update_contact':
        this.consequences.contactUpdates.push({ orgId, contactId, set: effect.set, ...followOf(run) });
        return;
      case 'start_flow': {
        const visit = run.position.visits[effect.stepId] ?? 0;
        this.wanted.push({
          kind: 'asked',
          orgId,
          contactId,
          flow: effect.flow,
          subject: run.subject,
          event: run.triggerEventId,
          occasion: `run:${run.id}:${effect.stepId}:${visit}`,
        });
        return;
      }
      case 'stop_flow':
        this.stop(
          orgId,
          contactId,
          `step: ${effect.stepId}`,
          (other) => other.id !== run.id && (other.flowKey === effect.flow || other.flowId === effect.flow),
        );
        return;
      case 'webhook':
        this.consequences.outbox.push({
          orgId,
          id: this.deciding.newId<OutboxId>(),
          type: 'flow.webhook',
          payload: { name: effect.event, run_id: run.id, step_id: effect.stepId, data: effect.data, facts },
          occurredAt: this.deciding.now,
          ...followOf(run),
        });
        return;
      case 'n8n_workflow': {
        const { newId, now } = this.deciding;
        this.consequences.calls.push(newCall(effect, run, facts, newId, now));
      }
    }
  }

  /** Facts with what earlier steps of this very transaction have set. */
  #fresh({ orgId, contactId }: OrgRun, facts: Facts): Facts {
    return this.consequences.contactUpdates
      .filter((update) => update.orgId === orgId && update.contactId === contactId)
      .reduce((seen, update) => withContactUpdate(seen, update.set), facts);
  }
}

/** A run that had run out and that the event did not bring back: it stays as it was. */
const isLifeless = ({ before }: Look, { run }: Advanced): boolean =>
  before?.status === 'completed' && (run.status === 'cancelled' || run.status === 'exited');
