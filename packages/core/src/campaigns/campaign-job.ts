import type { CampaignId, OrgId } from '../ids.js';

/**
 * Work on a campaign that is a job and not a due row. `walk` goes through the audience of an occurrence, `plan` plans the
 * messages of one chunk of it, `release` lets go what a pause held, `call_off` cancels what is not under way.
 */
export type CampaignJob = { orgId: OrgId; campaignId: CampaignId } & (
  | { kind: 'walk'; occurrence: number }
  | { kind: 'plan'; occurrence: number; chunk: number }
  | { kind: 'release' | 'call_off' }
);

/** Where jobs of campaigns wait to be run. One that does not get there, or is lost, is found by the sweep. */
export interface CampaignQueue {
  add(jobs: readonly CampaignJob[]): Promise<void>;
}
