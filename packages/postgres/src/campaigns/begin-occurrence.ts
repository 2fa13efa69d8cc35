import type { CampaignInput, CampaignSchedule } from '@halyard/contracts/campaigns/campaign';
import type { AuditEntry } from '@halyard/core/actor';
import type { OccurrenceMessage } from '@halyard/core/campaigns/new-message';
import { nextStart } from '@halyard/core/campaigns/start-times';
import { DomainError } from '@halyard/core/domain-error';
import type { CampaignId, OrgId, TemplateId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { NewMessage, TemplateVersions } from '@halyard/core/messages/message';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Tx } from '../database.js';
import { loadTemplates } from '../load-templates.js';
import { tellOutside } from '../outbox-writer.js';

/** A campaign whose row is locked. */
export interface HeldCampaign {
  id: CampaignId;
  name: string;
  status: string;
  definition: Omit<CampaignInput, 'name'>;
  schedule: CampaignSchedule | null;
  next_start_at: Date | null;
  occurrences: number;
  time_zone: string;
}

/** Locks a campaign for a change; whoever plans its messages waits meanwhile, and reads the status that it gets. */
export async function holdCampaign(tx: Tx, orgId: OrgId, id: CampaignId): Promise<HeldCampaign | null> {
  const { rows } = await sql<HeldCampaign>`
    select c.id, c.name, c.status, c.definition, c.schedule, c.next_start_at, c.occurrences,
      coalesce((select time_zone from organization_settings s where s.org_id = c.org_id), 'UTC') as time_zone
    from campaigns c where c.org_id = ${orgId} and c.id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/**
 * Begins the next occurrence of a campaign in the caller's transaction: the message is written down with the versions that
 * its templates have now. Throws when there is no template. Afterwards the caller queues the walk through the audience.
 */
export async function beginOccurrence(
  tx: Tx,
  orgId: OrgId,
  campaign: HeldCampaign,
  now: Date,
  audit: AuditEntry,
): Promise<number> {
  const n = campaign.occurrences + 1;
  const message = await messageNow(tx, orgId, campaign.definition);
  // Started by hand before its time: that was the one start of a campaign that does not recur.
  const schedule = campaign.schedule?.type === 'recurring' ? campaign.schedule : null;
  const next = nextStart(schedule, now, campaign.time_zone);
  await sql`
    insert into campaign_occurrences (org_id, campaign_id, n, message, expires_at, started_at)
    values (${orgId}, ${campaign.id}, ${n}, ${JSON.stringify(message)}, ${next}, ${now})`.execute(tx);
  await sql`
    update campaigns set status = 'running', occurrences = ${n}, next_start_at = ${next},
      schedule = ${schedule && JSON.stringify(schedule)}::jsonb, error = null, updated_at = ${now}
    where org_id = ${orgId} and id = ${campaign.id}`.execute(tx);
  await appendAudit(tx, orgId, { ...audit, changes: { occurrence: n } });
  await tellOfCampaign(tx, orgId, 'campaign.started', campaign, now, { occurrence: n });
  return n;
}

async function messageNow(
  tx: Tx,
  orgId: OrgId,
  { template, ...definition }: HeldCampaign['definition'],
): Promise<OccurrenceMessage> {
  const { channels } = definition;
  const [found = {}] = await loadTemplates(tx, [{ orgId, template: namedBy(template), channels }]);
  if (Object.keys(found).length === 0) {
    const message = `There is no such template for ${channels.join(' or ')}. Write it with POST /templates first.`;
    throw new DomainError('invalid_state', message, [{ path: 'template', message }]);
  }
  const versions: TemplateVersions['versions'] = {};
  for (const channel of channels) {
    const version = found[channel];
    if (version) versions[channel] = { id: version.templateId as TemplateId, version: version.number };
  }
  return { ...definition, channels: [...new Set(channels)], template: { versions } };
}

function namedBy(template: CampaignInput['template']): NonNullable<NewMessage['template']> {
  if (typeof template === 'string') return { keys: template };
  if (!('id' in template) || template.id === undefined) return { keys: template as Record<string, string> };
  const { id, version } = template as { id: TemplateId; version?: number };
  return { id, ...(version !== undefined && { version }) };
}

/** Puts what happened to a campaign into the outbox. */
export const tellOfCampaign = (
  tx: Tx,
  orgId: OrgId,
  type: `campaign.${'started' | 'completed' | 'paused' | 'resumed' | 'cancelled'}`,
  { id, name }: Pick<HeldCampaign, 'id' | 'name'>,
  occurredAt: Date,
  more: Record<string, unknown> = {},
): Promise<number> =>
  tellOutside(tx, [
    { orgId, id: randomIds<OutboxId>(), type, payload: { campaign_id: id, name, ...more }, occurredAt },
  ]);
