import type { OrgId, RunId } from '../ids.js';
import type { Span, Tracing } from '../trace.js';
import { beginTrace } from '../trace.js';
import type { DueRun, OrgRun, PendingEvent } from './decide-store.js';

/**
 * The traces that a step of deciding continues, with its spans where somebody observes: `decide` for an event, below it
 * `plan` for each run that it moves, and `wake` for a run that moves by itself. A schedule that admits thousands would
 * make a trace that no tool can show, so each of their runs begins one of its own, linked to the schedule's.
 */
export class DecisionTraces {
  readonly #byContact = new Map<string, string>();
  readonly #byRun = new Map<RunId, string>();
  readonly #ofNobody = new Map<OrgId, string[]>();
  readonly #spans: Span[] = [];

  constructor(private readonly tracing: Tracing | null) {}

  /** What follows from this event continues the trace of what recorded it. */
  decide({ orgId, event, trace }: PendingEvent): void {
    const span = this.tracing?.start({
      name: `decide ${event.type}`,
      kind: 'consumer',
      parent: trace ?? null,
      attributes: {
        'messaging.system': 'halyard',
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'decide',
        'messaging.destination.name': 'events',
        'messaging.message.id': event.id,
        'halyard.org.id': orgId,
        'halyard.event.type': event.type,
        'halyard.contact.id': event.contactId ?? undefined,
      },
    });
    if (span) this.#spans.push(span);
    const follow = span?.traceparent ?? trace ?? beginTrace();
    if (event.contactId) this.#byContact.set(`${orgId}/${event.contactId}`, follow);
    else this.#ofNobody.set(orgId, [...(this.#ofNobody.get(orgId) ?? []), follow]);
  }

  /** This run moves by itself, and continues the trace of what moved it last. */
  wake(run: DueRun): void {
    const follow = this.#begin('wake', run, run.trace ?? null) ?? run.trace ?? beginTrace();
    this.#byRun.set(run.id, follow);
    this.#byContact.set(`${run.orgId}/${run.contactId}`, follow);
  }

  readonly of = (run: OrgRun): string => {
    const known = this.#byRun.get(run.id);
    if (known) return known;
    const from = this.#byContact.get(`${run.orgId}/${run.contactId}`) ?? null;
    const follow = this.#begin('plan', run, from) ?? from ?? beginTrace();
    this.#byRun.set(run.id, follow);
    return follow;
  };

  /** Runs the step whose spans these are. */
  async around<T>(step: () => Promise<T>): Promise<T> {
    try {
      const result = await step();
      for (const span of this.#spans) span.end();
      return result;
    } catch (error) {
      for (const span of this.#spans) span.end({ failed: 'not_decided' });
      throw error;
    }
  }

  #begin(what: 'wake' | 'plan', run: OrgRun, parent: string | null): string | undefined {
    const span = this.tracing?.start({
      name: `${what} ${run.flowKey}`,
      kind: 'internal',
      parent,
      links: parent ? [] : (this.#ofNobody.get(run.orgId) ?? []),
      attributes: {
        'halyard.org.id': run.orgId,
        'halyard.run.id': run.id,
        'halyard.flow.id': run.flowId,
        'halyard.flow.version.id': run.versionId,
        'halyard.contact.id': run.contactId,
      },
    });
    if (span) this.#spans.push(span);
    return span?.traceparent;
  }
}
