import type { CampaignJob } from '@halyard/core/campaigns/campaign-job';
import type { OccurrenceMessage, PlannedOccurrence } from '@halyard/core/campaigns/new-message';
import type { CampaignRunStore, WalkedPart } from '@halyard/core/campaigns/run-campaign';
import type { CampaignId, ContactId, MessageId, OrgId } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { scheduleMessages } from '../message-writer.js';
import { readAudience } from './audiences.js';
import { tellOfCampaign } from './begin-occurrence.js';
import { unfinishedJobs } from './unfinished-jobs.js';

/** The worker's side of campaigns: what their jobs read and write. */
export class PgCampaignRunStore implements CampaignRunStore {
  constructor(private readonly database: Database) {}

  walk(orgId: OrgId, id: CampaignId, n: number, limit: number, now: Date): Promise<WalkedPart | null> {
    return this.database.forOrg(orgId, async (tx) => {
      const held = await holdWalk(tx, orgId, id, n);
      if (!held) return null;
      const { message, walked_to: after, started_at: madeBefore, chunks } = held;
      const part = await readAudience(tx, orgId, message.audience, { after, limit, now, madeBefore });
      const ids = part.meant.map((one) => one.id);
      const chunk = ids.length ? chunks + 1 : null;
      const last = part.looked < limit;
      if (chunk)
        await sql`
          insert into campaign_recipients (org_id, campaign_id, occurrence, recipient_id, chunk)
          select ${orgId}, ${id}, ${n}, id, ${chunk} from unnest(${ids}::uuid[]) as meant (id)`.execute(tx);
      await sql`
        update campaign_occurrences set walked_to = coalesce(${part.lastId}, walked_to), chunks = ${chunk ?? chunks},
          recipients = recipients + ${ids.length}, status = ${last ? 'sending' : 'walking'}
        where org_id = ${orgId} and campaign_id = ${id} and n = ${n}`.execute(tx);
      return { chunk, last };
    });
  }

  plan(
    orgId: OrgId,
    id: CampaignId,
    n: number,
    chunk: number,
    make: (occurrence: PlannedOccurrence, recipient: ContactId) => NewMessage,
  ): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      const occurrence = await holdOccurrence(tx, orgId, id, n);
      if (!occurrence) return 0;
      // The rows are the lock: of two jobs for one chunk the second waits, and finds nothing left.
      const { rows } = await sql<{ recipient_id: ContactId }>`
        select recipient_id from campaign_recipients
        where org_id = ${orgId} and campaign_id = ${id} and occurrence = ${n} and chunk = ${chunk} and message_id is null
        order by recipient_id for update`.execute(tx);
      const messages = rows.map((row) => make(occurrence, row.recipient_id));
      const written = await scheduleMessages(tx, orgId, messages);
      await nameMessages(tx, orgId, id, n, messages, written);
      return messages.length;
    });
  }

  unfinished({ orgId, campaignId }: { orgId: OrgId; campaignId: CampaignId }): Promise<CampaignJob[]> {
    return this.database
      .forOrg(orgId, (tx) =>
        unfinishedJobs(
          tx,
          sql`c.org_id = ${orgId} and c.id = ${campaignId} and c.unfinished is distinct from 'call_off'`,
        ),
      )
      .then((jobs) => jobs.filter(({ kind }) => kind !== 'release'));
  }

  /** Everything that jobs have yet to do, whatever became of them; some of it when it is much. */
  allUnfinished(): Promise<CampaignJob[]> {
    return this.database.across((tx) => unfinishedJobs(tx, sql`true`));
  }

  release(orgId: OrgId, id: CampaignId, limit: number, now: Date): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await holds(tx, orgId, id, sql`status <> 'paused' and unfinished = 'release'`))) return 0;
      // Their time begins anew: in the pause they could not expire, either.
      const { numAffectedRows = 0n } = await sql`
        update messages set planned_at = ${now}, due_at = ${now}, reason = null, updated_at = ${now}
        where org_id = ${orgId} and id in (
          select id from messages
          where org_id = ${orgId} and source = 'campaign' and subject_id = ${id} and status = 'scheduled'
            and reason = 'campaign_paused'
          order by id limit ${limit} for update)`.execute(tx);
      if (numAffectedRows === 0n) await finish(tx, orgId, id, 'release');
      return Number(numAffectedRows);
    });
  }

  callOff(orgId: OrgId, id: CampaignId, limit: number, now: Date): Promise<number> {
    return this.database.forOrg(orgId, async (tx) => {
      if (!(await holds(tx, orgId, id, sql`status = 'cancelled' and unfinished = 'call_off'`))) return 0;
      // One that was tried may have arrived: the release decides what it is, now that its campaign is cancelled.
      const { numAffectedRows = 0n } = await sql`
        update messages set status = 'cancelled', reason = 'campaign_cancelled', updated_at = ${now}
        where org_id = ${orgId} and id in (
          select id from messages
          where org_id = ${orgId} and source = 'campaign' and subject_id = ${id} and status = 'scheduled' and tries = 0
          order by id limit ${limit} for update)`.execute(tx);
      if (numAffectedRows === 0n) await finish(tx, orgId, id, 'call_off');
      return Number(numAffectedRows);
    });
  }

  /** A job of it failed again and again: it is paused, and says so. */
  giveUp(orgId: OrgId, id: CampaignId, error: string, now: Date): Promise<void> {
    return this.database.forOrg(orgId, async (tx) => {
      const { rows } = await sql<{ id: CampaignId; name: string }>`
        update campaigns set status = 'paused', error = ${error}, updated_at = ${now}
        where org_id = ${orgId} and id = ${id} and status in ('scheduled', 'running') returning id, name`.execute(
        tx,
      );
      const [campaign] = rows;
      if (campaign) await tellOfCampaign(tx, orgId, 'campaign.paused', campaign, now, { error });
    });
  }
}

/** Keeps the campaign as it is until this transaction ends, if it is so. */
async function holds(tx: Tx, orgId: OrgId, id: CampaignId, state: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql`
    select from campaigns where org_id = ${orgId} and id = ${id} and ${state} for share`.execute(tx);
  return rows.length > 0;
}

async function holdWalk(tx: Tx, orgId: OrgId, id: CampaignId, n: number) {
  const { rows } = await sql<{
    message: OccurrenceMessage;
    walked_to: string | null;
    chunks: number;
    started_at: Date;
  }>`
    select o.message, o.walked_to, o.chunks, o.started_at
    from campaigns c join campaign_occurrences o on o.org_id = c.org_id and o.campaign_id = c.id
    where c.org_id = ${orgId} and c.id = ${id} and c.status = 'running' and o.n = ${n} and o.status = 'walking'
    for share of c for update of o`.execute(tx);
  return rows[0];
}

/** Holds the campaign as it is until this transaction ends: who pauses or cancels it waits, and then finds these messages. */
async function holdOccurrence(
  tx: Tx,
  orgId: OrgId,
  id: CampaignId,
  n: number,
): Promise<PlannedOccurrence | null> {
  const { rows } = await sql<{ message: OccurrenceMessage; expires_at: Date | null }>`
    select o.message, o.expires_at
    from campaigns c join campaign_occurrences o on o.org_id = c.org_id and o.campaign_id = c.id
    where c.org_id = ${orgId} and c.id = ${id} and c.status = 'running' and o.n = ${n}
    for share of c`.execute(tx);
  const [row] = rows;
  return row ? { campaignId: id, n, message: row.message, expiresAt: row.expires_at } : null;
}

const nameMessages = (
  tx: Tx,
  orgId: OrgId,
  id: CampaignId,
  n: number,
  messages: readonly NewMessage[],
  written: readonly { id: MessageId }[],
) =>
  sql`
  update campaign_recipients r set message_id = given.message_id
  from unnest(${messages.map(({ contactId }) => contactId)}::uuid[], ${written.map((one) => one.id)}::uuid[])
    as given (recipient_id, message_id)
  where r.org_id = ${orgId} and r.campaign_id = ${id} and r.occurrence = ${n}
    and r.recipient_id = given.recipient_id`.execute(tx);

const finish = (tx: Tx, orgId: OrgId, id: CampaignId, what: 'release' | 'call_off') =>
  sql`
  update campaigns set unfinished = null
  where org_id = ${orgId} and id = ${id} and unfinished = ${what}`.execute(tx);
