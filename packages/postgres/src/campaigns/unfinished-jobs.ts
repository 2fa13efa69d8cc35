import type { CampaignJob } from '@halyard/core/campaigns/campaign-job';
import type { CampaignId, OrgId } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

interface UnfinishedRow {
  org_id: OrgId;
  campaign_id: CampaignId;
  kind: CampaignJob['kind'];
  occurrence: number;
  chunk: number;
}

/** Chunks of one occurrence that are looked for at once: with these done, the next look finds the others. */
const chunksAtATime = 100;

/** What the tables say is yet to be done for campaigns c: audiences, chunks, and what a pause or a cancellation left. */
export async function unfinishedJobs(tx: Tx, which: RawBuilder<unknown>): Promise<CampaignJob[]> {
  const { rows } = await sql<UnfinishedRow>`
    with open as (
      select o.org_id, o.campaign_id, o.n, o.status
      from campaigns c join campaign_occurrences o on o.org_id = c.org_id and o.campaign_id = c.id
      where c.status = 'running' and o.status in ('walking', 'sending') and ${which}
    )
    select org_id, campaign_id, 'walk' as kind, n as occurrence, 0 as chunk from open where status = 'walking'
    union all
    select org_id, campaign_id, 'plan', n, unplanned.chunk from open cross join lateral (
      select distinct r.chunk from campaign_recipients r
      where r.org_id = open.org_id and r.campaign_id = open.campaign_id and r.occurrence = open.n
        and r.message_id is null
      order by r.chunk limit ${chunksAtATime}
    ) unplanned
    union all
    select c.org_id, c.id, c.unfinished, 0, 0 from campaigns c
    where c.unfinished is not null and c.status <> 'paused' and ${which}`.execute(tx);
  return rows.map(toJob);
}

function toJob({
  org_id: orgId,
  campaign_id: campaignId,
  kind,
  occurrence,
  chunk,
}: UnfinishedRow): CampaignJob {
  const of = { orgId, campaignId };
  switch (kind) {
    case 'walk':
      return { ...of, kind, occurrence };
    case 'plan':
      return { ...of, kind, occurrence, chunk };
    case 'release':
    case 'call_off':
      return { ...of, kind };
  }
}
