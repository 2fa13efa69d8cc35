import type {
  AudienceSize,
  Campaign,
  CampaignInput,
  CampaignSchedule,
  CampaignStats,
  Recipient,
} from '@halyard/contracts/campaigns/campaign';
import type { CampaignQuery, RecipientQuery } from '@halyard/contracts/campaigns/routes';
import type { Condition } from '@halyard/contracts/conditions';
import type { AuditEntry } from '@halyard/core/actor';
import type { Move } from '@halyard/core/campaigns/campaign';
import { refusalOf, settledStatus } from '@halyard/core/campaigns/campaign';
import type { CampaignStore, Moved } from '@halyard/core/campaigns/campaigns';
import { nextStart, startAfterPause } from '@halyard/core/campaigns/start-times';
import { DomainError } from '@halyard/core/domain-error';
import type { CampaignId, OrgId } from '@halyard/core/ids';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import { appendAudit } from '../audit.js';
import type { Database, Tx } from '../database.js';
import { positionIn, toPage } from '../paging.js';
import { sizeAudience } from './audiences.js';
import type { HeldCampaign } from './begin-occurrence.js';
import { beginOccurrence, holdCampaign, tellOfCampaign } from './begin-occurrence.js';
import { readCampaign, selectCampaigns, toCampaign } from './campaign-rows.js';
import { countRecipients, listRecipients } from './recipients.js';

export class PgCampaignStore implements CampaignStore {
  constructor(private readonly database: Database) {}

  list(orgId: OrgId, query: CampaignQuery): Promise<Page<Campaign>> {
    const after = positionIn(query.cursor, 1);
    const older = after ? sql`c.id < ${String(after[0])}` : sql`true`;
    const alike = query.status ? sql`c.status = ${query.status}` : sql`true`;
    return this.database.forOrg(orgId, async (tx) => {
      const rows = await selectCampaigns(tx, orgId, sql`${older} and ${alike}`, query.limit + 1);
      return toPage(rows, query, toCampaign, (row) => [row.id]);
    });
  }

  find(orgId: OrgId, id: CampaignId): Promise<Campaign | null> {
    return this.database.forOrg(orgId, (tx) => readCampaign(tx, orgId, id));
  }

  insert(orgId: OrgId, id: CampaignId, input: CampaignInput, audit: AuditEntry): Promise<Campaign> {
    const { name, ...definition } = input;
    return this.database.forOrg(orgId, async (tx) => {
      await sql`
        insert into campaigns (org_id, id, name, definition, created_by)
        values (${orgId}, ${id}, ${name}, ${JSON.stringify(definition)}, ${audit.actor.id})`.execute(tx);
      await appendAudit(tx, orgId, audit);
      return reread(tx, orgId, id);
    });
  }

  update(orgId: OrgId, id: CampaignId, input: CampaignInput, audit: AuditEntry): Promise<Moved | null> {
    const { name, ...definition } = input;
    return this.#move(orgId, id, 'update', async (tx) => {
      await sql`
        update campaigns set name = ${name}, definition = ${JSON.stringify(definition)}, updated_at = now()
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      await appendAudit(tx, orgId, audit);
    });
  }

  remove(orgId: OrgId, id: CampaignId, audit: AuditEntry): Promise<Moved | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const campaign = await readCampaign(tx, orgId, id);
      const held = await holdCampaign(tx, orgId, id);
      if (!campaign || !held) return null;
      const reason = refusalOf('remove', held.status as Campaign['status']);
      if (reason) return { kind: 'refused', reason };
      await sql`delete from campaigns where org_id = ${orgId} and id = ${id}`.execute(tx);
      await appendAudit(tx, orgId, audit);
      return { kind: 'moved', campaign };
    });
  }

  start(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null> {
    return this.#move(orgId, id, 'start', async (tx, campaign) => {
      await beginOccurrence(tx, orgId, campaign, now, audit);
    });
  }

  schedule(
    orgId: OrgId,
    id: CampaignId,
    schedule: CampaignSchedule,
    now: Date,
    audit: AuditEntry,
  ): Promise<Moved | null> {
    return this.#move(orgId, id, 'schedule', async (tx, { time_zone }) => {
      const next = nextStart(schedule, now, time_zone);
      if (!next) throw neverStarts();
      await sql`
        update campaigns set status = 'scheduled', schedule = ${JSON.stringify(schedule)}, next_start_at = ${next},
          updated_at = ${now}
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      await appendAudit(tx, orgId, audit);
    });
  }

  pause(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null> {
    return this.#move(orgId, id, 'pause', async (tx, campaign) => {
      await sql`
        update campaigns set status = 'paused', error = null, updated_at = ${now}
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      await appendAudit(tx, orgId, audit);
      await tellOfCampaign(tx, orgId, 'campaign.paused', campaign, now, { error: null });
    });
  }

  resume(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null> {
    return this.#move(orgId, id, 'resume', async (tx, campaign) => {
      const { schedule, next_start_at, time_zone } = campaign;
      const next = startAfterPause(schedule, next_start_at, now, time_zone);
      const { rows } = await sql`
        select from campaign_occurrences
        where org_id = ${orgId} and campaign_id = ${id} and status in ('walking', 'sending') limit 1`.execute(
        tx,
      );
      await sql`
        update campaigns set status = ${settledStatus(rows.length > 0, next)}, next_start_at = ${next}, error = null,
          unfinished = 'release', updated_at = ${now}
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      await appendAudit(tx, orgId, audit);
      await tellOfCampaign(tx, orgId, 'campaign.resumed', campaign, now);
    });
  }

  cancel(orgId: OrgId, id: CampaignId, now: Date, audit: AuditEntry): Promise<Moved | null> {
    return this.#move(orgId, id, 'cancel', async (tx, campaign) => {
      await sql`
        update campaigns set status = 'cancelled', next_start_at = null, unfinished = 'call_off', updated_at = ${now}
        where org_id = ${orgId} and id = ${id}`.execute(tx);
      await sql`
        update campaign_occurrences set status = 'cancelled', finished_at = ${now}
        where org_id = ${orgId} and campaign_id = ${id} and status in ('walking', 'sending')`.execute(tx);
      await appendAudit(tx, orgId, audit);
      await tellOfCampaign(tx, orgId, 'campaign.cancelled', campaign, now);
    });
  }

  audience(orgId: OrgId, audience: Condition, now: Date): Promise<AudienceSize> {
    return this.database.forOrg(orgId, (tx) => sizeAudience(tx, orgId, audience, now));
  }

  stats(orgId: OrgId, id: CampaignId, occurrence: number | undefined): Promise<CampaignStats | null> {
    return this.database.forOrg(orgId, (tx) => countRecipients(tx, orgId, id, occurrence));
  }

  recipients(orgId: OrgId, id: CampaignId, query: RecipientQuery): Promise<Page<Recipient> | null> {
    return this.database.forOrg(orgId, (tx) => listRecipients(tx, orgId, id, query));
  }

  /** Holds the campaign, and changes it if its status allows that. */
  #move(
    orgId: OrgId,
    id: CampaignId,
    move: Move,
    change: (tx: Tx, campaign: HeldCampaign) => Promise<void>,
  ): Promise<Moved | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const campaign = await holdCampaign(tx, orgId, id);
      if (!campaign) return null;
      const reason = refusalOf(move, campaign.status as Campaign['status']);
      if (reason) return { kind: 'refused', reason };
      await change(tx, campaign);
      return { kind: 'moved', campaign: await reread(tx, orgId, id) };
    });
  }
}

const late = 'It would never start: give a time that is still to come.';
const neverStarts = () => new DomainError('invalid_request', late, [{ path: 'body', message: late }]);

async function reread(tx: Tx, orgId: OrgId, id: CampaignId): Promise<Campaign> {
  const campaign = await readCampaign(tx, orgId, id);
  if (!campaign) throw new Error(`Campaign ${id} was written and is not there.`);
  return campaign;
}
