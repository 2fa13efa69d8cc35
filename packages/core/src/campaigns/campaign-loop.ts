import type { Round, Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { CampaignId, OrgId } from '../ids.js';
import type { CampaignQueue } from './campaign-job.js';

/** A campaign whose time has come, and the occurrence that began; or why none could. */
export type Begun =
  | { kind: 'begun'; orgId: OrgId; campaignId: CampaignId; occurrence: number }
  | { kind: 'paused'; orgId: OrgId; campaignId: CampaignId; error: string };

/** What the loop of campaigns needs of the database, over all organizations. */
export interface CampaignLoopStore {
  /** Begins the next occurrence of campaigns that are due, each in a transaction of its own. */
  beginDue(limit: number, now: Date): Promise<Begun[]>;
  /** Completes occurrences whose counts reconcile; returns how many. */
  completeEnded(limit: number, now: Date): Promise<number>;
  nextStart(now: Date): Promise<Date | null>;
}

/** Starts campaigns when their time comes, and completes those of which every message has come to its end. */
export class CampaignLoop {
  constructor(
    private readonly store: CampaignLoopStore,
    private readonly queue: CampaignQueue,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  async round(limit: number): Promise<Round> {
    const now = this.clock.now();
    const begun = await this.store.beginDue(limit, now);
    await this.queue.add(
      begun.flatMap((one) => {
        if (one.kind === 'paused') return [];
        const { orgId, campaignId, occurrence } = one;
        return [{ orgId, campaignId, kind: 'walk', occurrence } as const];
      }),
    );
    const completed = await this.store.completeEnded(limit, now);
    if (begun.length + completed) this.wakeups.poke('outbox');
    return { claimed: begun.length, nextDueAt: await this.store.nextStart(now) };
  }
}
