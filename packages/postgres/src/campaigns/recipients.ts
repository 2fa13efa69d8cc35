import type { CampaignStats, Recipient } from '@halyard/contracts/campaigns/campaign';
import { RecipientStatus } from '@halyard/contracts/campaigns/campaign';
import type { RecipientQuery } from '@halyard/contracts/campaigns/routes';
import type { NamedContact } from '@halyard/contracts/contacts/reference';
import type { CampaignId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import type { Tx } from '../database.js';
import { contactOf } from '../named-contact.js';
import { positionIn, toPage } from '../paging.js';

/** What became of recipient r of occurrence o, told by its message m. */
const standing = sql<RecipientStatus>`
  case
    when m.id is null then case o.status when 'cancelled' then 'CANCELLED' else 'PROCESSING' end
    when m.status in ('scheduled', 'sending') then 'PROCESSING'
    when m.status in ('sent', 'delivered') then 'SENT'
    when m.status = 'cancelled' or m.reason = 'campaign_cancelled' then 'CANCELLED'
    when m.status in ('skipped', 'expired') then 'HELD_BACK'
    when m.status = 'unknown' then 'UNKNOWN'
    else 'FAILED'
  end`;

const recipientsOf = (orgId: OrgId, id: CampaignId, n: number) => sql`
  from campaign_occurrences o
  join campaign_recipients r on r.org_id = o.org_id and r.campaign_id = o.campaign_id and r.occurrence = o.n
  left join messages m on m.org_id = r.org_id and m.id = r.message_id
  where o.org_id = ${orgId} and o.campaign_id = ${id} and o.n = ${n}`;

interface Count {
  standing: RecipientStatus;
  reason: string | null;
  n: number;
  delivered: number;
  opened: number;
  clicked: number;
  bounced: number;
}

/** What became of the recipients of an occurrence, the latest when none is named; null when there is no such campaign. */
export async function countRecipients(
  tx: Tx,
  orgId: OrgId,
  id: CampaignId,
  named: number | undefined,
): Promise<CampaignStats | null> {
  const occurrence = await findOccurrence(tx, orgId, id, named);
  if (!occurrence) return null;
  const { rows } = await sql<Count>`
    select ${standing} as standing, m.reason, count(*)::int as n, count(m.delivered_at)::int as delivered,
      count(m.opened_at)::int as opened, count(m.clicked_at)::int as clicked,
      count(*) filter (where m.status = 'bounced')::int as bounced
    ${recipientsOf(orgId, id, occurrence.n ?? 0)} group by 1, 2 order by n desc`.execute(tx);
  return toStats(occurrence, rows);
}

function toStats({ n, recipients, walked }: FoundOccurrence, rows: readonly Count[]): CampaignStats {
  const sum = (of: 'n' | 'delivered' | 'opened' | 'clicked' | 'bounced', only?: RecipientStatus) =>
    rows.reduce((total, row) => total + (only && row.standing !== only ? 0 : row[of]), 0);
  const reasons = (of: RecipientStatus) =>
    rows.filter(({ standing: one }) => one === of).map((row) => ({ reason: row.reason, n: row.n }));
  const statuses = Object.fromEntries(
    RecipientStatus.options.map((status) => [status, sum('n', status)]),
  ) as CampaignStats['statuses'];
  return {
    occurrence: n,
    recipients,
    statuses,
    reconciled: walked && statuses.PROCESSING === 0 && sum('n') === recipients,
    delivered: sum('delivered'),
    opened: sum('opened'),
    clicked: sum('clicked'),
    bounced: sum('bounced'),
    put_off: reasons('PROCESSING').filter(({ reason }) => reason !== null),
    held_back: reasons('HELD_BACK'),
    failed: reasons('FAILED'),
  };
}

interface FoundOccurrence {
  n: number | null;
  recipients: number;
  /** Everybody who is meant is known, or nobody more will be. */
  walked: boolean;
}

async function findOccurrence(
  tx: Tx,
  orgId: OrgId,
  id: CampaignId,
  named: number | undefined,
): Promise<FoundOccurrence | null> {
  const { rows } = await sql<FoundOccurrence>`
    select o.n, coalesce(o.recipients, 0) as recipients, coalesce(o.status <> 'walking', false) as walked
    from campaigns c
    left join campaign_occurrences o on o.org_id = c.org_id and o.campaign_id = c.id
      and o.n = coalesce(${named ?? null}::int, c.occurrences)
    where c.org_id = ${orgId} and c.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

interface RecipientRow {
  recipient_id: string;
  contact: NamedContact | null;
  message_id: string | null;
  standing: RecipientStatus;
  reason: string | null;
  channel: Recipient['channel'];
  address: string | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  opened_at: Date | null;
  clicked_at: Date | null;
}

/** The recipients of an occurrence in the order of their ids; null when there is no such campaign. */
export async function listRecipients(
  tx: Tx,
  orgId: OrgId,
  id: CampaignId,
  query: RecipientQuery,
): Promise<Page<Recipient> | null> {
  const after = positionIn(query.cursor, 1);
  const occurrence = await findOccurrence(tx, orgId, id, query.occurrence);
  if (!occurrence) return null;
  const { rows } = await sql<RecipientRow>`
    select recipients.*, ${contactOf('recipients')} from (
      select r.org_id, r.recipient_id, r.recipient_id as contact_id, r.message_id, ${standing} as standing, m.reason, m.channel, m.address, m.sent_at,
        m.delivered_at, m.opened_at, m.clicked_at
      ${recipientsOf(orgId, id, occurrence.n ?? 0)} and (${after ? String(after[0]) : null}::uuid is null
        or r.recipient_id > ${after ? String(after[0]) : null}::uuid)
    ) recipients
    where (${query.status ?? null}::text is null or standing = ${query.status ?? null})
    order by recipient_id limit ${query.limit + 1}`.execute(tx);
  return toPage(rows, query, toRecipient, (row) => [row.recipient_id]);
}

const toRecipient = (row: RecipientRow): Recipient => ({
  contact_id: row.recipient_id,
  contact: row.contact,
  message_id: row.message_id,
  status: row.standing,
  reason: row.reason,
  channel: row.channel,
  address: row.address,
  sent_at: row.sent_at?.toISOString() ?? null,
  delivered_at: row.delivered_at?.toISOString() ?? null,
  opened_at: row.opened_at?.toISOString() ?? null,
  clicked_at: row.clicked_at?.toISOString() ?? null,
});
