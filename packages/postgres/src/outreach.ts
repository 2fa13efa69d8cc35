import { createHash } from 'node:crypto';
import type { OutreachItem, OutreachState } from '@halyard/contracts/outreach/item';
import type { OutreachQuery } from '@halyard/contracts/outreach/routes';
import type { NewEvent } from '@halyard/core/events/event';
import type { ContactId, EventId, Ids, MessageId, OrgId } from '@halyard/core/ids';
import type { OutboxId } from '@halyard/core/outbox/outbox-event';
import { messageOf, targetKey } from '@halyard/core/outreach/new-item';
import type { OutreachStore, Pushed } from '@halyard/core/outreach/outreach';
import type { Page } from '@halyard/core/page';
import { sql } from 'kysely';
import type { Database, Tx } from './database.js';
import { recordEvents } from './event-recorder.js';
import { scheduleMessages } from './message-writer.js';
import { tellOutside } from './outbox-writer.js';
import { targetContacts } from './outreach-contacts.js';
import { listStates, readState } from './outreach-states.js';
import { mappedTenants } from './outreach-tenants.js';

/** An item that was not there before, with all that is written of it. */
interface FreshItem {
  item: OutreachItem;
  hash: string;
  contactId: ContactId | null;
  eventId: EventId;
  /** Null: it waits for the step before it. */
  messageId: MessageId | null;
}

export class PgOutreachStore implements OutreachStore {
  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
  ) {}

  push(orgId: OrgId, items: readonly OutreachItem[], now: Date): Promise<Pushed[]> {
    if (items.length === 0) return Promise.resolve([]);
    return this.database.forOrg(orgId, async (tx) => {
      const unknown = await this.#unknown(tx, orgId, items);
      const contacts = await targetContacts(tx, orgId, unknown, now);
      const fresh = unknown.flatMap((item): FreshItem[] => {
        const found = contacts.get(item.id);
        if (!found || found.kind === 'refused') return [];
        const contactId = found.kind === 'found' ? found.id : null;
        const waits = item.sequence_id !== null && item.step > 1;
        const messageId = waits ? null : this.newId<MessageId>();
        return [{ item, hash: hashOf(item), contactId, eventId: this.newId<EventId>(), messageId }];
      });
      const written = await writeItems(tx, orgId, fresh, now);
      await this.#follow(
        tx,
        orgId,
        fresh.filter((one) => written.has(one.item.id)),
        now,
      );
      const stored = await readStored(tx, orgId, items);
      return items.map((item): Pushed => {
        const refused = contacts.get(item.id);
        const there = stored.get(item.id);
        if (there) return answer(item, there);
        const issues = refused?.kind === 'refused' ? refused.issues : [];
        const detail = issues[0]?.message ?? 'The target could not be used.';
        return { kind: 'refused', code: 'invalid_request', detail, issues };
      });
    });
  }

  read(orgId: OrgId, id: string): Promise<OutreachState | null> {
    return this.database.forOrg(orgId, (tx) => readState(tx, orgId, id));
  }

  list(orgId: OrgId, query: OutreachQuery): Promise<Page<OutreachState>> {
    return this.database.forOrg(orgId, (tx) => listStates(tx, orgId, query));
  }

  tenants(orgId: OrgId): Promise<string[]> {
    return this.database.forOrg(orgId, (tx) => mappedTenants(tx, orgId));
  }

  /** Those that are not there yet, each id once. */
  async #unknown(tx: Tx, orgId: OrgId, items: readonly OutreachItem[]): Promise<OutreachItem[]> {
    const stored = await readStored(tx, orgId, items);
    const first = new Map<string, OutreachItem>();
    for (const item of items) if (!stored.has(item.id) && !first.has(item.id)) first.set(item.id, item);
    return [...first.values()];
  }

  /** Messages, events and outbox of new items; steps that waited for one of them are looked at again. */
  async #follow(tx: Tx, orgId: OrgId, fresh: readonly FreshItem[], now: Date): Promise<void> {
    await scheduleMessages(
      tx,
      orgId,
      fresh.flatMap(({ item, messageId, contactId, eventId }) =>
        messageId ? [messageOf(item, { messageId, contactId, eventId }, now)] : [],
      ),
    );
    const events = fresh.map(
      ({ item, contactId, eventId }): NewEvent => ({
        id: eventId,
        type: 'outreach.received',
        contactId,
        subject: { type: 'outreach_item', id: item.id },
        payload: payloadOf(item),
        occurredAt: now,
      }),
    );
    await recordEvents(tx, orgId, events);
    const told = fresh.map(({ item, contactId }) => ({
      orgId,
      id: this.newId<OutboxId>(),
      type: 'outreach.received',
      payload: { contact_id: contactId, ...payloadOf(item) },
      occurredAt: now,
    }));
    await tellOutside(tx, told);
  }
}

const payloadOf = ({ id, channel, user_id, sequence_id, step, schedule_at }: OutreachItem) => ({
  item_id: id,
  channel,
  user_id,
  sequence_id,
  step,
  schedule_at,
});

const hashOf = (item: OutreachItem): string =>
  createHash('sha256').update(JSON.stringify(item)).digest('hex');

interface StoredItem {
  id: string;
  contact_id: string | null;
  hash: string;
  created_at: Date;
}

async function readStored(
  tx: Tx,
  orgId: OrgId,
  items: readonly OutreachItem[],
): Promise<Map<string, StoredItem>> {
  const { rows } = await sql<StoredItem>`
    select id, contact_id, encode(body_hash, 'hex') as hash, created_at from outreach_items
    where org_id = ${orgId} and id = any (${items.map((item) => item.id)}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

function answer(item: OutreachItem, { id, contact_id, hash, created_at }: StoredItem): Pushed {
  if (hash === hashOf(item))
    return { kind: 'accepted', id, contact_id, accepted_at: created_at.toISOString() };
  const detail = 'This id was used for another item. Use a new id for a new item.';
  return { kind: 'refused', code: 'idempotency_conflict', detail, issues: [{ path: 'id', message: detail }] };
}

/** Writes items that nobody else wrote meanwhile, and answers which. In the order of ids, so that batches do not deadlock. */
async function writeItems(
  tx: Tx,
  orgId: OrgId,
  fresh: readonly FreshItem[],
  now: Date,
): Promise<Set<string>> {
  if (fresh.length === 0) return new Set();
  const rows = fresh.map(({ item, hash, contactId, messageId }) => ({
    id: item.id,
    contact_id: contactId,
    message_id: messageId,
    hash,
    item,
    sequence_id: item.sequence_id,
    step: item.step,
    target: targetKey(item, contactId),
    state: messageId ? 'released' : 'waiting',
    check_at: messageId ? null : (item.schedule_at ?? now),
  }));
  const { rows: written } = await sql<{ id: string }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, contact_id uuid,
        message_id uuid, hash text, item jsonb, sequence_id uuid, step int, target text, state text,
        check_at timestamptz)
    ), written as (
      insert into outreach_items (org_id, id, contact_id, message_id, body_hash, item, sequence_id, step, target, state,
        check_at, created_at)
      select ${orgId}, id, contact_id, message_id, decode(hash, 'hex'), item, sequence_id, step, target, state,
        check_at, ${now}
      from given order by id
      on conflict do nothing
      returning id, sequence_id, step, target
    ), mended as (
      -- It was refused before, and was sent again as it should be.
      update review_items set status = 'resolved', resolved_at = ${now}, resolved_by = 'outreach'
      from written
      where review_items.org_id = ${orgId} and review_items.subject_type = 'outreach_item'
        and review_items.subject_id = written.id::text and review_items.status = 'open'
    ), behind as (
      -- A step that was pushed before the one it waits for.
      update outreach_items set check_at = greatest(${now}::timestamptz, (outreach_items.item ->> 'schedule_at')::timestamptz)
      from written
      where outreach_items.org_id = ${orgId} and outreach_items.sequence_id = written.sequence_id
        and outreach_items.target = written.target and outreach_items.step = written.step + 1
        and outreach_items.state = 'waiting'
    )
    select id from written`.execute(tx);
  return new Set(written.map((row) => row.id));
}
