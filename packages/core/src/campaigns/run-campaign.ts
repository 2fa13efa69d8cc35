import { crashPoint } from '#crash-point';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { CampaignId, ContactId, Ids, MessageId, OrgId } from '../ids.js';
import type { NewMessage } from '../messages/message.js';
import { withoutTrace } from '../trace.js';
import type { CampaignJob, CampaignQueue } from './campaign-job.js';
import type { PlannedOccurrence } from './new-message.js';
import { messageOf } from './new-message.js';

/** Contacts that are looked at together; those of them who are meant are a chunk. */
const audienceChunk = 500;
/** Messages that are let go, or called off, together. */
const heldBatch = 1_000;

/** What was found at the next part of an audience. `chunk`: its number; null when nobody in it is meant. */
export interface WalkedPart {
  chunk: number | null;
  last: boolean;
}

/** What the jobs of campaigns need of the database, as the worker. Each call is one transaction. */
export interface CampaignRunStore {
  /**
   * Notes whom the next contacts of the audience makes recipients, and how far it was gone through. Null when there is
   * nothing to go through: the campaign does not run, or this is done.
   */
  walk(
    orgId: OrgId,
    id: CampaignId,
    occurrence: number,
    limit: number,
    now: Date,
  ): Promise<WalkedPart | null>;
  /** Plans the messages of recipients who have none yet, unless the campaign does not run; returns how many. */
  plan(
    orgId: OrgId,
    id: CampaignId,
    occurrence: number,
    chunk: number,
    make: (occurrence: PlannedOccurrence, recipient: ContactId) => NewMessage,
  ): Promise<number>;
  /** Audiences to go through and chunks to plan: of one running campaign. */
  unfinished(of: { orgId: OrgId; campaignId: CampaignId }): Promise<CampaignJob[]>;
  /** Makes messages that a pause held due now; 0 when there are none any more, or the campaign does not run. */
  release(orgId: OrgId, id: CampaignId, limit: number, now: Date): Promise<number>;
  /** Cancels messages of a cancelled campaign that are not under way; 0 when there are none any more. */
  callOff(orgId: OrgId, id: CampaignId, limit: number, now: Date): Promise<number>;
}

/** Does the jobs of campaigns. Each can be killed and begun again anywhere: what is done stays, and is not done twice. */
export class RunCampaign {
  constructor(
    private readonly store: CampaignRunStore,
    private readonly queue: CampaignQueue,
    private readonly newId: Ids,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly chunk = audienceChunk,
  ) {}

  async run(job: CampaignJob): Promise<void> {
    const { orgId, campaignId } = job;
    switch (job.kind) {
      case 'walk':
        return this.#walk(orgId, campaignId, job.occurrence);
      case 'plan':
        return this.#plan(orgId, campaignId, job.occurrence, job.chunk);
      case 'release':
        await this.queue.add(await this.store.unfinished({ orgId, campaignId }));
        while (await this.store.release(orgId, campaignId, heldBatch, this.clock.now()))
          this.wakeups.poke('messages');
        return;
      case 'call_off':
        while (await this.store.callOff(orgId, campaignId, heldBatch, this.clock.now()));
        return;
    }
  }

  async #walk(orgId: OrgId, campaignId: CampaignId, occurrence: number): Promise<void> {
    let part: WalkedPart | null;
    do {
      part = await this.store.walk(orgId, campaignId, occurrence, this.chunk, this.clock.now());
      if (part?.chunk == null) continue;
      crashPoint('campaign-chunk-noted');
      await this.queue.add([{ orgId, campaignId, kind: 'plan', occurrence, chunk: part.chunk }]);
    } while (part && !part.last);
    this.wakeups.poke('campaigns');
  }

  async #plan(orgId: OrgId, campaignId: CampaignId, occurrence: number, chunk: number): Promise<void> {
    const now = this.clock.now();
    // Without the job's trace each message gets one of its own, as others have.
    const planned = await withoutTrace(() =>
      this.store.plan(orgId, campaignId, occurrence, chunk, (of, recipient) =>
        messageOf(of, recipient, this.newId<MessageId>(), now),
      ),
    );
    if (planned === 0) return;
    crashPoint('campaign-chunk-planned');
    this.wakeups.poke('messages');
  }
}
