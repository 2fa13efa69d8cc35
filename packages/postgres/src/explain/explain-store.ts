import type {
  DecisionRecord,
  EventRecord,
  ExplainReader,
  ExplainStore,
  FactsAbout,
  FlowRecord,
  MessageRecord,
  Occasions,
  RunRecord,
} from '@halyard/core/explain/explain-store';
import type { FactsThen } from '@halyard/core/explain/facts-then';
import type { ContactId, EventId, FlowId, FlowVersionId, MessageId, OrgId, RunId } from '@halyard/core/ids';
import { sql } from 'kysely';
import type { Database, Tx } from '../database.js';
import { factsAt } from './facts-at.js';
import { readContact } from './read-contact.js';
import { findEvent, latestEvent } from './read-events.js';
import { readFlowRecord, readRuns } from './read-flow.js';
import { readMessageRecord } from './read-message.js';

/** What explanations read: only what is on record, and nothing is written. */
export class PgExplainStore implements ExplainStore {
  constructor(private readonly database: Database) {}

  read<T>(orgId: OrgId, work: (reader: ExplainReader) => Promise<T>): Promise<T> {
    return this.database.forOrg(orgId, (tx) => work(new Reader(tx, orgId)));
  }
}

class Reader implements ExplainReader {
  constructor(
    private readonly tx: Tx,
    private readonly orgId: OrgId,
  ) {}

  message(id: MessageId): Promise<MessageRecord | null> {
    return readMessageRecord(this.tx, this.orgId, id);
  }

  flow(id: FlowId): Promise<FlowRecord | null> {
    return readFlowRecord(this.tx, this.orgId, id);
  }

  contact(named: string): Promise<{ id: ContactId; timeZone: string } | null> {
    return readContact(this.tx, this.orgId, named);
  }

  event(id: EventId): Promise<EventRecord | null> {
    return findEvent(this.tx, this.orgId, id);
  }

  latestEvent(contactId: ContactId, occasions: Occasions, after?: Date): Promise<EventRecord | null> {
    return latestEvent(this.tx, this.orgId, contactId, occasions, after);
  }

  runs(flowId: FlowId, contactId: ContactId): Promise<RunRecord[]> {
    return readRuns(this.tx, this.orgId, flowId, contactId);
  }

  async admissions(flowId: FlowId, contactId: ContactId, keys: readonly string[], at: Date) {
    const taken = await this.tx
      .selectFrom('run_keys')
      .select(['key', 'run_id'])
      .where('org_id', '=', this.orgId)
      .where('flow_id', '=', flowId)
      .where(sql<boolean>`key = any (${keys}::text[])`)
      .execute();
    const assignment = await this.tx
      .selectFrom('flow_assignments')
      .select('version_id')
      .where('org_id', '=', this.orgId)
      .where('flow_id', '=', flowId)
      .where('contact_id', '=', contactId)
      .where('assigned_at', '<=', at)
      .executeTakeFirst();
    return {
      taken: new Map(taken.map((row) => [row.key, row.run_id as RunId])),
      assigned: (assignment?.version_id ?? null) as FlowVersionId | null,
    };
  }

  async decisions(contactId: ContactId, runId: RunId): Promise<DecisionRecord[]> {
    const rows = await this.tx
      .selectFrom('decisions')
      .select(['at', 'rule', 'verdict', 'facts', 'event_id'])
      .where('org_id', '=', this.orgId)
      .where('contact_id', '=', contactId)
      .where('run_id', '=', runId)
      .where('message_id', 'is', null)
      .orderBy('at')
      .orderBy('id')
      .limit(200)
      .execute();
    return rows.map((row) => ({
      at: row.at,
      rule: row.rule,
      verdict: row.verdict,
      facts: row.facts as Record<string, unknown>,
      eventId: row.event_id as EventId | null,
    }));
  }

  factsAt(about: FactsAbout, at: Date): Promise<FactsThen> {
    return factsAt(this.tx, this.orgId, about, at);
  }
}
