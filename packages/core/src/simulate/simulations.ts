import type { SimulationResult } from '@halyard/contracts/simulate/result';
import type { SimulatedFlow, SimulationInput } from '@halyard/contracts/simulate/routes';
import type { LiveFlow } from '../decide/decide-store.js';
import type { Renderer } from '../delivery/renderer.js';
import type { ContactId, FlowId, Ids, OrgId } from '../ids.js';
import { assumptionsOf } from './assumptions.js';
import { compare } from './compare.js';
import { GivenEvents, inventedContacts } from './given.js';
import { timelineOf, totalsOf } from './report.js';
import { simulate } from './simulate.js';
import { simulatedIds } from './simulated-ids.js';
import type { SimulatedInput, StartingPoint } from './starting-point.js';
import type { SimulationState } from './state.js';

/** What is loaded: for recorded history everything of the period, else those whom the given events name. */
export interface Wanted {
  /** With all their versions: for templates, audiences of schedules, and keys of re-entry. */
  flows: readonly LiveFlow[];
  from: Date;
  until: Date;
  /** Null: as given. */
  history: { only: ContactId | null } | null;
  contactIds: readonly string[];
  bookingIds: readonly string[];
}

/** What simulating needs of the database; it only reads. */
export interface SimulationStore {
  /** The flow to be simulated. Throws `not_found` or `invalid_state` when there is no such flow or version. */
  flow(orgId: OrgId, reference: SimulatedFlow): Promise<LiveFlow>;
  liveFlows(orgId: OrgId): Promise<LiveFlow[]>;
  load(orgId: OrgId, wanted: Wanted): Promise<{ start: StartingPoint; inputs: SimulatedInput[] }>;
}

/** How far it is. `events` of `of` are taken in; the clock shows `at`. */
export interface Progress {
  events: number;
  of: number;
  at: string;
}

const dayMs = 86_400_000;

/** Tries flows against given or recorded events: nothing is written, and nothing is sent. */
export class Simulations {
  constructor(
    private readonly store: SimulationStore,
    private readonly renderer: Renderer,
    private readonly newIds: () => Ids = simulatedIds,
  ) {}

  async run(
    orgId: OrgId,
    input: SimulationInput,
    progress: (progress: Progress) => Promise<void>,
  ): Promise<SimulationResult> {
    const flow = await this.store.flow(orgId, input.flow);
    const other = input.compare_with
      ? await this.store.flow(orgId, {
          ...input.compare_with,
          flow_id: input.compare_with.flow_id ?? flow.id,
        })
      : null;
    const beside = input.with_live_flows ? await this.store.liveFlows(orgId) : [];
    const { start, inputs, from, until } = await this.#load(orgId, input, [
      flow,
      ...(other ? [other] : []),
      ...beside,
    ]);
    const one = (simulated: LiveFlow) =>
      simulate(start, [simulated, ...beside.filter(({ id }) => id !== simulated.id)], inputs, {
        from,
        until,
        rates: input.rates,
        workflows: input.workflows,
        renderer: this.renderer,
        render: input.render,
        newId: this.newIds(),
        progress: (events, at) => progress({ events, of: inputs.length, at: at.toISOString() }),
      });
    const state = await one(flow);
    const compared = other ? await one(other) : null;
    return {
      from: from.toISOString(),
      until: until.toISOString(),
      assumptions: assumptionsOf(input),
      totals: totalsOf(state, inputs.length),
      timelines: timelinesOf(state, input.timelines),
      failures: state.failures.slice(0, 20).map(({ contactId, at, error }) => ({
        contact_id: contactId,
        at: at.toISOString(),
        error,
      })),
      compared: compared && {
        totals: totalsOf(compared, inputs.length),
        comparison: compare(state, compared),
      },
    };
  }

  async #load(orgId: OrgId, input: SimulationInput, flows: readonly LiveFlow[]) {
    return input.period
      ? this.#recorded(orgId, input, input.period, flows)
      : this.#given(orgId, input, flows);
  }

  async #recorded(
    orgId: OrgId,
    input: SimulationInput,
    period: NonNullable<SimulationInput['period']>,
    flows: readonly LiveFlow[],
  ) {
    const from = new Date(period.from);
    const until = input.until ? new Date(input.until) : laterBy(new Date(period.until), 30);
    const history = { only: (input.contact_id as ContactId | undefined) ?? null };
    const wanted = { flows, from, until: new Date(period.until), history, contactIds: [], bookingIds: [] };
    return { ...(await this.store.load(orgId, wanted)), from, until };
  }

  async #given(orgId: OrgId, input: SimulationInput, flows: readonly LiveFlow[]) {
    const events = (input.events ?? []).filter(
      ({ contact }) => input.contact_id === undefined || contact === input.contact_id,
    );
    const times = events.map(({ at }) => Date.parse(at));
    const from = new Date(Math.min(...times, Number.MAX_SAFE_INTEGER));
    const until = input.until ? new Date(input.until) : laterBy(new Date(Math.max(...times)), 30);
    const newId = simulatedIds();
    const invented = inventedContacts(input.contacts, newId, from);
    const contactIds = [...new Set(events.map(({ contact }) => contact))].filter((id) => !invented.has(id));
    const bookingIds = [...new Set(events.flatMap(({ booking }) => booking?.id ?? []))];
    const wanted = { flows, from, until, history: null, contactIds, bookingIds };
    const { start } = await this.store.load(orgId, wanted);
    const people = new Map([
      ...start.contacts,
      ...[...invented.values()].map((one) => [one.id, one] as const),
    ]);
    const whole = { ...start, contacts: people };
    return { start: whole, inputs: new GivenEvents(whole, invented, newId).toInputs(events), from, until };
  }
}

function timelinesOf(state: SimulationState, count: number): SimulationResult['timelines'] {
  const withMessages = new Set([...state.messages.values()].map(({ written }) => written.contactId));
  const first = [...withMessages].filter((id) => id !== null);
  const entered = [...state.runs.values()].map(({ contactId }) => contactId);
  const ids = [...new Set([...first, ...entered, ...state.contactIds])].slice(0, count);
  return ids.map((id) => timelineOf(state, id));
}

const laterBy = (at: Date, days: number): Date => new Date(at.getTime() + days * dayMs);

/** The flow that stands in for a definition which was never saved. */
export const unsavedFlow = '00000000-0000-7000-8000-000000000001' as FlowId;
