import type { Campaign, CampaignInput, Occurrence } from '@halyard/contracts/campaigns/campaign';
import type { CampaignId, OrgId } from '@halyard/core/ids';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tx } from '../database.js';

export interface CampaignRow {
  id: CampaignId;
  name: string;
  definition: Omit<CampaignInput, 'name'>;
  status: Campaign['status'];
  schedule: Campaign['schedule'];
  next_start_at: Date | null;
  occurrences: number;
  error: string | null;
  created_at: Date;
  updated_at: Date;
  n: number | null;
  occurrence_status: Occurrence['status'];
  recipients: number;
  open: number;
  started_at: Date;
  finished_at: Date | null;
}

/** Campaigns with their latest occurrence, newest first. What is open is counted only where something can be. */
export const selectCampaigns = async (
  tx: Tx,
  orgId: OrgId,
  which: RawBuilder<unknown>,
  limit = 1,
): Promise<CampaignRow[]> => {
  const { rows } = await sql<CampaignRow>`
    select c.id, c.name, c.definition, c.status, c.schedule, c.next_start_at, c.occurrences, c.error, c.created_at,
      c.updated_at, o.n, o.status as occurrence_status, o.recipients, o.started_at, o.finished_at,
      case when o.status in ('walking', 'sending') then (${openRecipients}) else 0 end as open
    from campaigns c
    left join campaign_occurrences o on o.org_id = c.org_id and o.campaign_id = c.id and o.n = c.occurrences
    where c.org_id = ${orgId} and ${which}
    order by c.id desc limit ${limit}`.execute(tx);
  return rows;
};

/** Recipients of occurrence o without a message, or whose message has not come to its end. */
const openRecipients = sql`
  select count(*)::int from (
    select r.recipient_id from campaign_recipients r
    where r.org_id = o.org_id and r.campaign_id = o.campaign_id and r.occurrence = o.n and r.message_id is null
    union all
    select m.id from messages m
    join campaign_recipients r on r.org_id = m.org_id and r.message_id = m.id and r.occurrence = o.n
    where m.org_id = o.org_id and m.source = 'campaign' and m.subject_id = o.campaign_id::text
      and m.status in ('scheduled', 'sending')
  ) open`;

export const readCampaign = async (tx: Tx, orgId: OrgId, id: CampaignId): Promise<Campaign | null> => {
  const [row] = await selectCampaigns(tx, orgId, sql`c.id = ${id}`);
  return row ? toCampaign(row) : null;
};

export const toCampaign = (row: CampaignRow): Campaign => ({
  id: row.id,
  name: row.name,
  ...row.definition,
  expires_after: row.definition.expires_after ?? null,
  status: row.status,
  schedule: row.schedule,
  next_start_at: row.next_start_at?.toISOString() ?? null,
  occurrence: row.n === null ? null : toOccurrence({ ...row, n: row.n }),
  error: row.error,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

const toOccurrence = (row: CampaignRow & { n: number }): Occurrence => ({
  n: row.n,
  status: row.occurrence_status,
  recipients: row.recipients,
  open: row.open,
  progress: progressOf(row),
  started_at: row.started_at.toISOString(),
  finished_at: row.finished_at?.toISOString() ?? null,
});

/** While the audience is gone through nobody knows how much there is to do. */
function progressOf({ occurrence_status: status, recipients, open }: CampaignRow): number {
  if (status === 'walking') return 0;
  return recipients === 0 ? 1 : (recipients - open) / recipients;
}
