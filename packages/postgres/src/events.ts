import type { Event, EventInput } from '@halyard/contracts/events/event';
import type { EventQuery } from '@halyard/contracts/events/routes';
import type { NewEvent } from '@halyard/core/events/event';
import type { EventStore, Receipt } from '@halyard/core/events/events';
import type { ContactId, EventId, Ids, OrgId } from '@halyard/core/ids';
import type { Page, PageRequest } from '@halyard/core/page';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Referred } from './contact-references.js';
import { resolveContacts } from './contact-references.js';
import type { Database } from './database.js';
import { isSurrounded } from './database.js';
import { recordEach } from './event-recorder.js';
import { positionIn, toPage } from './paging.js';
import type { Events } from './schema.gen.js';
import { TriggerFilters } from './trigger-filters.js';

export class PgEventStore implements EventStore {
  readonly #filters = new TriggerFilters();

  constructor(
    private readonly database: Database,
    private readonly newId: Ids,
  ) {}

  isSurrounded(): boolean {
    return isSurrounded();
  }

  record(orgId: OrgId, inputs: readonly EventInput[], now: Date): Promise<Receipt[]> {
    return this.database.forOrg(orgId, async (tx) => {
      const references = inputs.map((input) => ({
        id: input.contact_id,
        contact: input.contact,
        create: input.create_contact,
      }));
      const referred = await resolveContacts(tx, orgId, references, now);
      const events = inputs.map((input, n) => this.#toEvent(input, referred[n], now));
      const recorded = await recordEach(
        tx,
        orgId,
        events.flatMap((event) => event ?? []),
        await this.#filters.of(tx, orgId, now),
      );
      const results = recorded.values();
      return events.map((event, n) =>
        receiptOf(event, referred[n], event ? results.next().value : undefined),
      );
    });
  }

  list(orgId: OrgId, query: EventQuery): Promise<Page<Event>> {
    const after = positionIn(query.cursor, 2);
    return this.database.forOrg(orgId, async (tx) => {
      let rows = tx.selectFrom('events').selectAll().where('org_id', '=', orgId);
      if (after)
        rows = rows.where(sql<boolean>`(recorded_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
      if (query.type) rows = rows.where('type', '=', query.type);
      if (query.contact_id) rows = rows.where('contact_id', '=', query.contact_id);
      if (query.subject_type) rows = rows.where('subject_type', '=', query.subject_type);
      if (query.subject_id) rows = rows.where('subject_id', '=', query.subject_id);
      if (query.recorded_from) rows = rows.where('recorded_at', '>=', new Date(query.recorded_from));
      if (query.recorded_before) rows = rows.where('recorded_at', '<', new Date(query.recorded_before));
      const page = await rows
        .select(sql<string>`recorded_at::text`.as('position'))
        .orderBy('recorded_at', 'desc')
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
        .execute();
      return toPage(page, query, toEvent, (row) => [row.position, row.id]);
    });
  }

  timeline(orgId: OrgId, contactId: ContactId, page: PageRequest): Promise<Page<Event> | null> {
    const after = positionIn(page.cursor, 2);
    return this.database.forOrg(orgId, async (tx) => {
      const contact = await tx
        .selectFrom('contacts')
        .select('id')
        .where('org_id', '=', orgId)
        .where('id', '=', contactId)
        .executeTakeFirst();
      if (!contact) return null;
      let rows = tx
        .selectFrom('events')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('contact_id', '=', contactId);
      if (after)
        rows = rows.where((row) =>
          row(
            row.refTuple('occurred_at', 'id'),
            '<',
            row.tuple(new Date(String(after[0])), String(after[1])),
          ),
        );
      const sorted = rows
        .orderBy('occurred_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit + 1);
      return toPage(await sorted.execute(), page, toEvent, (row) => [row.occurred_at.toISOString(), row.id]);
    });
  }

  /** Null when the contact that it names is refused. */
  #toEvent(input: EventInput, referred: Referred | undefined, now: Date): NewEvent | null {
    if (referred?.kind === 'refused') return null;
    return {
      id: this.newId<EventId>(),
      type: input.type,
      contactId: referred?.kind === 'found' ? referred.id : null,
      subject: input.subject,
      payload: input.payload,
      occurredAt: input.occurred_at ? new Date(input.occurred_at) : now,
      // As the caller wrote it: a contact that was merged in between must not make a repetition look like another event.
      ...(input.id !== undefined && { key: `event:${input.id}`, fingerprint: JSON.stringify(input) }),
    };
  }
}

function receiptOf(
  event: NewEvent | null,
  referred: Referred | undefined,
  recorded: Awaited<ReturnType<typeof recordEach>>[number] | undefined,
): Receipt {
  if (event === null || recorded === undefined) {
    const issues = referred?.kind === 'refused' ? referred.issues : [];
    const [first] = issues;
    const detail = first ? `${first.path}: ${first.message}` : 'The contact could not be used.';
    return { kind: 'refused', code: 'invalid_request', detail, issues };
  }
  if (recorded === 'conflict') {
    const detail = 'This id was used for another event. Use a new id for a new event.';
    return {
      kind: 'refused',
      code: 'idempotency_conflict',
      detail,
      issues: [{ path: 'id', message: detail }],
    };
  }
  return { kind: 'recorded', contactId: event.contactId, ...recorded };
}

export const toEvent = (row: Selectable<Events>): Event => ({
  id: row.id,
  type: row.type,
  contact_id: row.contact_id,
  subject: row.subject_type && row.subject_id ? { type: row.subject_type, id: row.subject_id } : null,
  payload: row.payload as Event['payload'],
  occurred_at: row.occurred_at.toISOString(),
  recorded_at: row.recorded_at.toISOString(),
});
