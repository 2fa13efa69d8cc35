import { automation } from '@halyard/core/actor';
import { settledStatus } from '@halyard/core/campaigns/campaign';
import type { Begun, CampaignLoopStore } from '@halyard/core/campaigns/campaign-loop';
import { DomainError } from '@halyard/core/domain-error';
import type { CampaignId, OrgId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { beginOccurrence, holdCampaign, tellOfCampaign } from './begin-occurrence.js';
import type { PgCampaignRunStore } from './campaign-runs.js';
import { countRecipients } from './recipients.js';

interface CampaignKey {
  org_id: OrgId;
  id: CampaignId;
}

const actor = automation('campaigns');

/** The worker's side of campaigns: which start, and which have ended. */
export class PgCampaignLoopStore implements CampaignLoopStore {
  constructor(
    private readonly database: Database,
    private readonly runs: Pick<PgCampaignRunStore, 'giveUp'>,
  ) {}

  async beginDue(limit: number, now: Date): Promise<Begun[]> {
    const { rows } = await this.database.across((tx) =>
      sql<CampaignKey>`
        select org_id, id from campaigns
        where status in ('scheduled', 'running') and next_start_at <= ${now}
        order by next_start_at limit ${limit}`.execute(tx),
    );
    const begun: Begun[] = [];
    for (const { org_id: orgId, id } of rows) {
      const one = await this.#begin(orgId, id, now);
      if (one) begun.push(one);
    }
    return begun;
  }

  /** Several may be open at a time: a message of yesterday's that waits for its hour does not delay today's. */
  async completeEnded(limit: number, now: Date): Promise<number> {
    const { rows } = await this.database.across((tx) =>
      sql<CampaignKey & { n: number }>`
      select o.org_id, o.campaign_id as id, o.n
      from campaign_occurrences o join campaigns c on c.org_id = o.org_id and c.id = o.campaign_id
      where o.status = 'sending' and c.status = 'running' and not exists (${unplanned}) and not exists (${open})
      limit ${limit}`.execute(tx),
    );
    for (const row of rows) await this.database.forOrg(row.org_id, (tx) => complete(tx, row, now));
    return rows.length;
  }

  async nextStart(now: Date): Promise<Date | null> {
    const { rows } = await this.database.across((tx) =>
      sql<{ at: Date | null }>`
        select min(next_start_at) as at from campaigns
        where status in ('scheduled', 'running') and next_start_at > ${now}`.execute(tx),
    );
    return rows[0]?.at ?? null;
  }

  /** A campaign that cannot begin is paused with the reason; the others are not held up by it. */
  async #begin(orgId: OrgId, campaignId: CampaignId, now: Date): Promise<Begun | null> {
    try {
      const occurrence = await this.database.forOrg(orgId, async (tx) => {
        const campaign = await holdCampaign(tx, orgId, campaignId);
        const due = campaign?.next_start_at && campaign.next_start_at <= now;
        if (!due || !['scheduled', 'running'].includes(campaign.status)) return null; // another process was first
        const audit = { actor, action: 'campaign.started', target: { type: 'campaign', id: campaignId } };
        return beginOccurrence(tx, orgId, campaign, now, audit);
      });
      return occurrence === null ? null : { kind: 'begun', orgId, campaignId, occurrence };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.runs.giveUp(orgId, campaignId, error.message, now);
      return { kind: 'paused', orgId, campaignId, error: error.message };
    }
  }
}

const unplanned = sql`
  select from campaign_recipients r
  where r.org_id = o.org_id and r.campaign_id = o.campaign_id and r.occurrence = o.n and r.message_id is null`;

const open = sql`
  select from messages m join campaign_recipients r on r.org_id = m.org_id and r.message_id = m.id
  where m.org_id = o.org_id and m.source = 'campaign' and m.subject_id = o.campaign_id::text
    and m.status in ('scheduled', 'sending') and r.occurrence = o.n`;

/** Only when every recipient is accounted for; what was counted is told outside. */
async function complete(
  tx: Tx,
  { org_id: orgId, id, n }: CampaignKey & { n: number },
  now: Date,
): Promise<void> {
  const campaign = await holdCampaign(tx, orgId, id);
  const counted = await countRecipients(tx, orgId, id, n);
  if (!campaign || !counted || counted.statuses.PROCESSING > 0) return; // somebody sent one anew
  if (!counted.reconciled) throw new Error(`Occurrence ${n} of campaign ${id} does not add up.`);
  const { rows } = await sql<{ open: boolean }>`
    with ended as (
      update campaign_occurrences set status = 'completed', finished_at = ${now}
      where org_id = ${orgId} and campaign_id = ${id} and n = ${n} and status = 'sending' returning n
    )
    select exists (select from campaign_occurrences o where o.org_id = ${orgId} and o.campaign_id = ${id}
      and o.status in ('walking', 'sending') and o.n <> ended.n) as open
    from ended`.execute(tx);
  const [ended] = rows;
  if (!ended) return; // another process was first
  await sql`
    update campaigns set status = ${settledStatus(ended.open, campaign.next_start_at)}, updated_at = ${now}
    where org_id = ${orgId} and id = ${id} and status = 'running'`.execute(tx);
  const { recipients, statuses } = counted;
  await tellOfCampaign(tx, orgId, 'campaign.completed', campaign, now, {
    occurrence: n,
    recipients,
    statuses,
  });
}
