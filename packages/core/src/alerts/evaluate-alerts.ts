import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { OrgId } from '../ids.js';
import type { HealthStore, PulseProbe } from './health.js';
import { healthUrl } from './health.js';

/** What the evaluation needs of the database, over all organizations. */
export interface EvaluationStore {
  /** Organizations with something to watch that was not looked at since. */
  due(before: Date): Promise<OrgId[]>;
  /**
   * Looks at all rules of an organization and writes what follows (decideAlerts), and the notifications that are due, in one
   * transaction; unless somebody else does so, or has since `before`. A metric that cannot be measured is `unknown`.
   */
  evaluate(orgId: OrgId, before: Date, now: Date): Promise<boolean>;
}

/** Who brings organizations to a worker; of one organization no two wait at the same time. It does not fail. */
export interface EvaluationQueue {
  add(orgIds: readonly OrgId[]): Promise<void>;
}

/** Looks at the rules of organizations, each once in an interval however many workers there are. */
export class EvaluateAlerts {
  constructor(
    private readonly store: EvaluationStore,
    private readonly health: HealthStore,
    private readonly probe: PulseProbe,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly everyMs: number,
  ) {}

  /** Organizations whose time has come. */
  due(): Promise<OrgId[]> {
    return this.store.due(this.#before(this.clock.now()));
  }

  async run(orgId: OrgId): Promise<void> {
    await this.clock.settle?.();
    await this.#feelPulses(orgId);
    const now = this.clock.now();
    if (!(await this.store.evaluate(orgId, this.#before(now), now))) return;
    this.wakeups.poke('messages');
    this.wakeups.poke('outbox');
  }

  /** A little less than the interval, as timers are not exact. */
  #before(now: Date): Date {
    return new Date(now.getTime() - this.everyMs * 0.9);
  }

  async #feelPulses(orgId: OrgId): Promise<void> {
    const connections = await this.health.connections(orgId, this.#before(this.clock.now()));
    if (connections.length === 0) return;
    const pulses = await Promise.all(
      connections.map(async ({ connectionId, baseUrl }) => ({
        connectionId,
        pulse: await this.probe.probe(healthUrl(baseUrl)),
      })),
    );
    await this.health.record(orgId, pulses, this.clock.now());
  }
}
